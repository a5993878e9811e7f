using System.CommandLine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Memory.Exchange;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Writes everything that is remembered out.</summary>
internal sealed class MemoryExportCommand : PaiCommand
{
    private const string JsonLines = "jsonl";
    private const string Markdown = "markdown";

    private readonly Argument<string?> _to = new("TO") { Description = "File to write, as a whole or not at all [default: standard output]", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string> _format = new("--format")
    {
        Description = "jsonl: everything, to be imported again; markdown: to be read",
        DefaultValueFactory = _ => JsonLines,
    };

    private readonly YesOption _yes = new();

    public MemoryExportCommand() : base("export", "Write everything that is remembered to a file: facts with their history, conversations, documents.",
        "pai memory export memory.jsonl               # 'pai memory import' makes the same store of it",
        "pai memory export memory.md --format markdown",
        "pai memory export | jq 'select(.type == \"fact\").text'")
    {
        _format.AcceptOnlyFromAmong(JsonLines, Markdown);
        Add(_to);
        Add(_format);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var file = arguments.GetValue(_to);
        if (file is not null)
        {
            ExportPlace.RefuseWrong(file);
        }

        var database = await pai.DatabaseAsync(cancellationToken);
        Task Write(TextWriter writer) => arguments.GetValue(_format) == Markdown
            ? new MarkdownExport(database, pai.Time.LocalTimeZone).WriteAsync(writer, cancellationToken)
            : new MemoryExport(database).WriteAsync(writer, cancellationToken);
        if (file is null)
        {
            await Write(pai.Console.Output);
            return ExitCode.Done;
        }

        if (File.Exists(file))
        {
            await _yes.RequireAsync(pai, arguments, $"replace the file '{file}'", cancellationToken);
        }

        await AtomicFile.WriteAsync(file, Write);
        await pai.Console.Error.WriteLineAsync($"Wrote everything that is remembered to '{file}'; it is not encrypted.");
        return ExitCode.Done;
    }
}
