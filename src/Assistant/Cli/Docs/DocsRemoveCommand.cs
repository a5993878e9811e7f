using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Removes documents, with their passages and vectors, and never their files.</summary>
internal sealed class DocsRemoveCommand : PaiCommand
{
    private readonly Argument<string> _document = new("ID|PATH") { Description = "A document's id, or its beginning, or the path of a file or folder" };
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public DocsRemoveCommand() : base("rm", "Remove a document, or all of a folder; the files stay, and 'pai docs add' takes them in again.",
        "pai docs rm 0199f3a2",
        "pai docs rm ~/notes                          # the folder is no longer watched")
    {
        Add(_document);
        Add(_yes);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var name = arguments.GetRequiredValue(_document);
        var documents = await pai.DocumentsAsync(cancellationToken);
        var found = await FindAsync(pai, documents, name, cancellationToken);
        if (found.Where(document => !File.Exists(document.Location)).ToList() is { Count: > 0 } lost)
        {
            await _yes.RequireAsync(
                pai, arguments, $"remove {lost.Count} {(lost.Count == 1 ? "document" : "documents")} of which there is no file, so that nothing can bring back '{TerminalText.OneLine(lost[0].Location)}'", cancellationToken);
        }

        var watched = await pai.WatchedPathsAsync(cancellationToken);
        var wasWatched = await watched.LeaveOutAsync(PathOf(found, name), cancellationToken);
        var removed = await documents.RemoveAsync(found.Select(document => document.Id), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(removed.Select(RemovedDocumentJson.From));
            return ExitCode.Done;
        }

        foreach (var (document, vectors) in removed)
        {
            await pai.Console.Output.WriteLineAsync($"Removed '{TerminalText.OneLine(document.Location)}' with {document.Chunks} passages and {vectors} vectors.");
        }

        if (wasWatched)
        {
            await pai.Console.Output.WriteLineAsync($"The folder '{TerminalText.OneLine(name)}' is no longer watched.");
        }

        return ExitCode.Done;
    }

    // A watched folder may have no documents.
    private static async Task<IReadOnlyList<Document>> FindAsync(Composition pai, DocumentStore documents, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.FindAsync(name, cancellationToken);
        }
        catch (MemoryException error) when (error.Error == MemoryError.NotFound)
        {
            var watched = await (await pai.WatchedPathsAsync(cancellationToken)).FoldersAsync(cancellationToken);
            if (watched.Contains(FullPath(name)))
            {
                return [];
            }

            throw;
        }
    }

    private static string PathOf(IReadOnlyList<Document> found, string name) => found is [var only] && only.Location != FullPath(name) && !Directory.Exists(name) ? only.Location : FullPath(name);

    private static string FullPath(string name) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
}
