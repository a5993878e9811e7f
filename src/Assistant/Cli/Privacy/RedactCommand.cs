using System.CommandLine;
using PersonalAi.Assistant.Privacy.Redaction;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>Shows what would be replaced in a text before it left the machine; nothing is sent.</summary>
internal sealed class RedactCommand : PaiCommand
{
    private readonly Argument<string?> _text = new("TEXT") { Description = "The text; standard input where there is none, or where it is '-'", Arity = ArgumentArity.ZeroOrOne };

    private readonly JsonOption _json = new();

    public RedactCommand()
        : base(
            "redact",
            "Show what would be replaced in a text before it left this machine.",
            "pai privacy redact \"Anna Kowalska lives at 12 Rue de la Paix, Paris\"",
            "pai privacy redact --json < letter.txt")
    {
        Add(_text);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var text = arguments.GetValue(_text) is { } given and not "-" ? given : (await pai.Console.Input.ReadToEndAsync(cancellationToken)).TrimEnd();
        var placeholders = (await pai.RedactorAsync(cancellationToken)).Begin();
        Write(pai.Console.Output, placeholders.Apply(text), placeholders.Replacements, arguments.GetValue(_json));
        return ExitCode.Done;
    }

    private static void Write(TextWriter output, string redacted, IReadOnlyList<Replacement> replacements, bool json)
    {
        if (json)
        {
            output.WriteJson(new { text = redacted, replacements });
            return;
        }

        output.WriteLine(TerminalText.Sanitize(redacted));
        if (replacements.Count > 0)
        {
            output.WriteLine();
            output.WriteTable([["PLACEHOLDER", "STANDS FOR"], .. replacements.Select(replacement => new[] { replacement.Placeholder, TerminalText.OneLine(replacement.Original) })]);
        }
    }
}
