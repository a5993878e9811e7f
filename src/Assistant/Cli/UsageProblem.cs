using System.CommandLine;
using System.CommandLine.Parsing;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Says in one sentence what is wrong with a command line.</summary>
internal static class UsageProblem
{
    public static UsageException In(ParseResult parsed) => new(Describe(parsed));

    private static string Describe(ParseResult parsed)
    {
        ParseError error = parsed.Errors[0];
        string command = FullName(parsed.CommandResult);
        if (parsed.UnmatchedTokens is [{ } word, ..] && error.Message.Contains($"'{word}'", StringComparison.Ordinal))
        {
            return UnknownWord(word, parsed.CommandResult.Command, command);
        }

        return error.SymbolResult switch
        {
            OptionResult { Option: SettingOption } or null => error.Message,
            OptionResult { Tokens: [{ } token, ..], Option: { } option } when IsNotA(option.ValueType, token) =>
                $"'{token.Value}' is not {Kind(option.ValueType)}, which '{option.Name}' takes; see '{command} --help'.",
            ArgumentResult { Tokens: [{ } token, ..], Argument: { } argument } when IsNotA(argument.ValueType, token) =>
                $"'{token.Value}' is not {Kind(argument.ValueType)}, which {argument.Name} takes; see '{command} --help'.",
            OptionResult { Tokens: [], Option: { } option } => $"'{option.Name}' needs a value; see '{command} --help'.",
            CommandResult or ArgumentResult { Tokens: [] } when MissingArgument(parsed) is { } missing => $"'{command}' needs {missing}; see '{command} --help'.",
            _ => error.Message,
        };
    }

    private static string UnknownWord(string word, Command command, string commandName)
    {
        bool isOption = word.StartsWith('-');
        IEnumerable<string> candidates = isOption ? OptionNames(command) : command.Subcommands.Select(subcommand => subcommand.Name);
        string kind = isOption ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument";
        string next = DidYouMean.Closest(word.Split('=')[0], candidates) is { } closest ? $"did you mean '{closest}'?" : $"see '{commandName} --help'.";
        return $"'{word}' is not {kind} of '{commandName}'; {next}";
    }

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Parents.OfType<Command>().SelectMany(OptionNames).Concat(command.Options.Select(option => option.Name));

    private static string? MissingArgument(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > (parsed.GetResult(argument)?.Tokens.Count ?? 0))?.Name;

    private static bool IsNotA(Type type, Token token) => Kind(type) is not null && !CanParse(type, token.Value);

    private static bool CanParse(Type type, string text) =>
        type == typeof(int) ? int.TryParse(text, out _) : type == typeof(long) ? long.TryParse(text, out _) : double.TryParse(text, out _);

    private static string? Kind(Type type) =>
        type == typeof(int) || type == typeof(long) ? "a whole number" : type == typeof(double) || type == typeof(float) ? "a number" : null;

    private static string FullName(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{FullName(parent)} {result.Command.Name}" : "pai";
}
