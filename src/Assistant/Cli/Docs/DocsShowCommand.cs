using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Shows a document in the pieces in which it is searched and cited.</summary>
internal sealed class DocsShowCommand : PaiCommand
{
    private readonly Argument<string> _document = new("ID") { Description = "A document's id, or its beginning, or the path of its file" };
    private readonly JsonOption _json = new();

    public DocsShowCommand() : base("show", "Show a document in the passages in which it is searched and cited.",
        "pai docs show 0199f3a2",
        "pai docs show notes/guide.md --json")
    {
        Add(_document);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var name = arguments.GetRequiredValue(_document);
        var documents = await pai.DocumentsAsync(cancellationToken);
        var document = await documents.FindAsync(name, cancellationToken) is [var only]
            ? only
            : throw new UsageException($"'{name}' is a folder with several documents; name one of them.");
        var chunks = await documents.ChunksAsync(document.Id, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new ShownDocumentJson(DocumentJson.From(document), chunks.Select(ChunkJson.From)));
        }
        else
        {
            Write(pai, document, chunks);
        }

        return ExitCode.Done;
    }

    private static void Write(Composition pai, Document document, IReadOnlyList<Passage> chunks)
    {
        var (output, ink) = (pai.Console.Output, new Ink(pai.ColourOnOutput));
        output.WriteLine(ink.Bold(TerminalText.OneLine(document.Title)));
        output.WriteLine($"{TerminalText.OneLine(document.Location)}  {document.MediaType}  {Quantity.Bytes(document.Bytes)}  added {pai.Time.Describe(document.AddedAt)}");
        foreach (var chunk in chunks)
        {
            output.WriteLine();
            output.WriteLine(ink.Bold(TerminalText.OneLine(chunk.Heading is { } heading ? $"{chunk.Citation}  {heading}" : chunk.Citation ?? "")));
            output.WriteLine(TerminalText.Sanitize(chunk.Text));
        }
    }
}
