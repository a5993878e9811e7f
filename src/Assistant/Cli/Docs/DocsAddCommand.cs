using System.CommandLine;
using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Ingestion;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Reads files and folders, stores them in pieces, and makes their vectors.</summary>
internal sealed class DocsAddCommand : PaiCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files, and folders with all that is in them; '-' is a text on standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _name = new("--name") { Description = "What the text on standard input is called; its end tells the format", HelpName = "NAME" };
    private readonly JsonOption _json = new();

    public DocsAddCommand() : base("add", "Read files and folders, so that they are searched and cited; folders are watched from now on.",
        "pai docs add ~/notes report.pdf              # hidden files, node_modules and links are left out",
        "man tar | pai docs add - --name tar.txt",
        "pai docs add src --json")
    {
        Add(_paths);
        Add(_name);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var paths = arguments.GetRequiredValue(_paths);
        RefuseAddresses(paths);
        var work = new DocumentWork(pai, arguments.GetValue(_json));
        if (paths is [StandardInput])
        {
            var name = arguments.GetValue(_name) ?? throw new UsageException("A text on standard input has no name; give it one with '--name notes.md'.");
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(await pai.Console.Input.ReadToEndAsync(cancellationToken)));
            await work.RunAsync((ingestion, _, stop) => ingestion.AddAsync(content, name, stop), cancellationToken);
        }
        else
        {
            await work.RunAsync((ingestion, progress, stop) => ingestion.AddAsync(paths, progress, stop), cancellationToken, IsFailure);
        }

        return ExitCode.Done;

        // Of a folder some files may be unreadable; a file that was named must be read.
        MemoryException? IsFailure(IngestionReport report) =>
            paths.All(path => !Directory.Exists(path)) && report is { Skipped: [var skipped, ..], Added: [], Changed: [], Moved: [], Unchanged: 0 } ? skipped.Reason : null;
    }

    private static void RefuseAddresses(string[] paths)
    {
        if (Array.Find(paths, path => Uri.TryCreate(path, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") is { } address)
        {
            throw new DeniedException($"Fetching '{address}' would need your consent, which this version cannot ask for: nothing was fetched; save the page and add its file.");
        }

        if (paths.Length > 1 && paths.Contains(StandardInput))
        {
            throw new UsageException("'-' is standard input and stands alone; add the other files in a run of their own.");
        }
    }
}
