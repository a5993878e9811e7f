using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Documents.Ingestion;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>A document as <c>--json</c> prints it.</summary>
internal record DocumentJson(
    string Id, string Path, string Title, string MediaType, long Bytes, string Sha256, DateTimeOffset? WrittenAt, DateTimeOffset AddedAt, int Passages, string Label)
{
    public static DocumentJson From(Document document) => new(
        document.Id.ToString(),
        document.Location,
        document.Title,
        document.MediaType,
        document.Bytes,
        document.Sha256,
        document.WrittenAt,
        document.AddedAt,
        document.Chunks,
        document.Egress.ToJsonName());
}

/// <summary>A document with its pieces.</summary>
internal sealed record ShownDocumentJson(DocumentJson Document, IEnumerable<ChunkJson> Chunks) : DocumentJson(Document);

/// <summary>A piece of a document; the lines are null where it is the whole.</summary>
internal sealed record ChunkJson(string? Citation, int? First, int? Last, string? Heading, string Text)
{
    public static ChunkJson From(Passage passage) => new(passage.Citation, passage.First, passage.Last, passage.Heading, passage.Text);
}

/// <summary>A removed document, and how many passages and vectors went with it.</summary>
internal sealed record RemovedDocumentJson(string Id, string Path, int Passages, int Vectors)
{
    public static RemovedDocumentJson From(RemovedDocument removed) => new(removed.Document.Id.ToString(), removed.Document.Location, removed.Document.Chunks, removed.Vectors);
}

/// <summary>What became of the files that were looked at.</summary>
internal sealed record IngestionJson(
    IEnumerable<string> Added,
    IEnumerable<string> Changed,
    IEnumerable<MoveJson> Moved,
    IEnumerable<string> Removed,
    int Unchanged,
    IEnumerable<SkippedJson> Skipped,
    int Passages,
    long Vectors)
{
    public static IngestionJson From(IngestionReport report, long vectors) => new(
        report.Added,
        report.Changed,
        report.Moved.Select(move => new MoveJson(move.From, move.To)),
        report.Removed,
        report.Unchanged,
        report.Skipped.Select(file => new SkippedJson(file.Path, file.Reason.Message)),
        report.Passages,
        vectors);
}

/// <summary>A file that has another name.</summary>
internal sealed record MoveJson(string From, string To);

/// <summary>A file that was not read, and why.</summary>
internal sealed record SkippedJson(string Path, string Reason);
