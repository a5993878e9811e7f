using System.CommandLine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Writes a session out, to be read or to be processed.</summary>
internal sealed class SessionsExportCommand : PaiCommand
{
    private const string Markdown = "markdown";
    private const string JsonLines = "jsonl";

    private readonly Argument<string> _id = new("ID") { Description = "Id of a session, or the beginning of one" };

    private readonly Option<string> _format = new("--format")
    {
        Description = "markdown: the current path, to be read; jsonl: every turn of every branch, one JSON object a line",
        DefaultValueFactory = _ => Markdown,
    };

    private readonly Option<string?> _output = new("--output") { Description = "File to write, as a whole or not at all [default: standard output]", HelpName = "FILE" };
    private readonly YesOption _yes = new();

    public SessionsExportCommand() : base("export", "Write a session out as Markdown or as JSON lines.",
        "pai sessions export 0199f3a2 --output bread.md",
        "pai sessions export 0199f3a2 --format jsonl | jq .answer")
    {
        _format.AcceptOnlyFromAmong(Markdown, JsonLines);
        Add(_id);
        Add(_format);
        Add(_output);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var session = await (await pai.SessionsAsync(cancellationToken)).FindAsync(arguments.GetRequiredValue(_id), cancellationToken);
        var export = new SessionExport(await pai.TurnsAsync(cancellationToken));
        Task Write(TextWriter writer) => arguments.GetValue(_format) == Markdown
            ? export.WriteMarkdownAsync(session, writer, cancellationToken)
            : export.WriteJsonLinesAsync(session, writer, cancellationToken);

        if (arguments.GetValue(_output) is not { } file)
        {
            await Write(pai.Console.Output);
            return ExitCode.Done;
        }

        ExportPlace.RefuseWrong(file);
        if (File.Exists(file))
        {
            await _yes.RequireAsync(pai, arguments, $"replace the file '{file}'", cancellationToken);
        }

        await AtomicFile.WriteAsync(file, Write);
        await pai.Console.Error.WriteLineAsync($"Wrote {session.Named()} to '{file}'.");
        return ExitCode.Done;
    }
}
