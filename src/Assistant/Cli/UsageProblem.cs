using System.CommandLine;
using System.CommandLine.Parsing;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Says in one sentence what is wrong with a command line.</summary>
internal static class UsageProblem
{
    public static UsageException In(ParseResult parsed) => new(Describe(parsed));

    /// <summary>An option that the command does not have, where the command took it for one of its words; null where there is none.</summary>
    public static UsageException? MistakenOption(ParseResult parsed)
    {
        // What follows -- is meant as it stands.
        var unescaped = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet();
        var word = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(word => LooksLikeOption(word) && unescaped.Contains(word));
        return word is null ? null : new(UnknownWord(word, parsed.CommandResult.Command, FullName(parsed.CommandResult)));
    }

    // Not "-" (standard input), not "-5", and not a sentence that begins with a dash.
    private static bool LooksLikeOption(string word) =>
        word is ['-', '-' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] && !word.Any(char.IsWhiteSpace);

    private static string Describe(ParseResult parsed)
    {
        var error = parsed.Errors[0];
        var command = FullName(parsed.CommandResult);
        if (parsed.UnmatchedTokens is [{ } word, ..] && error.Message.Contains($"'{word}'", StringComparison.Ordinal))
        {
            return UnknownWord(word, parsed.CommandResult.Command, command);
        }

        return error.SymbolResult switch
        {
            OptionResult { Tokens: [{ } token, ..], Option: { } option } when Misses(option.ValueType, error) is { } kind =>
                $"'{token.Value}' is not {kind}, which '{option.Name}' takes; see '{command} --help'.",
            ArgumentResult { Tokens: [{ } token, ..], Argument: { } argument } when Misses(argument.ValueType, error) is { } kind =>
                $"'{token.Value}' is not {kind}, which {argument.Name} takes; see '{command} --help'.",
            OptionResult { Tokens: [], Option: { } option } => $"'{option.Name}' needs a value; see '{command} --help'.",
            CommandResult or ArgumentResult { Tokens: [] } when MissingArgument(parsed) is { } missing => $"'{command}' needs {missing}; see '{command} --help'.",
            // The library breaks some of its messages into lines.
            _ => string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        };
    }

    private static string UnknownWord(string word, Command command, string commandName)
    {
        var isOption = word.StartsWith('-');
        var candidates = isOption ? OptionNames(command) : command.Subcommands.Select(subcommand => subcommand.Name);
        var kind = isOption ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument";
        var next = DidYouMean.Closest(word.Split('=')[0], candidates) is { } closest ? $"did you mean '{closest}'?" : $"see '{commandName} --help'.";
        return $"'{word}' is not {kind} of '{commandName}'; {next}";
    }

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Parents.OfType<Command>().SelectMany(OptionNames).Concat(command.Options.Select(option => option.Name));

    private static string? MissingArgument(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > (parsed.GetResult(argument)?.Tokens.Count ?? 0))?.Name;

    // The library names the .NET type in such a message; only its English texts are shipped.
    private static string? Misses(Type type, ParseError error) => error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal)
        ? Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.Single or TypeCode.Double => "a number",
            _ => null,
        }
        : null;

    private static string FullName(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{FullName(parent)} {result.Command.Name}" : "pai";
}
