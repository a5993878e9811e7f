using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Documents.Ingestion;

/// <summary>A file on its way to become a document.</summary>
/// <param name="readers">Understand it.</param>
/// <param name="file">Its content.</param>
/// <param name="location">Where it lies.</param>
internal sealed class DocumentFile(DocumentReaders readers, SourceFile file, string location)
{
    private static readonly ChunkOptions Chunks = new();

    /// <summary>The document, in pieces.</summary>
    /// <param name="modifiedAt">When the file was last written to.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemoryException">It cannot be read, or is but the address of a page, which is not fetched.</exception>
    public async Task<DocumentText> ReadAsync(DateTimeOffset? modifiedAt, CancellationToken cancellationToken = default)
    {
        if (WebAddress.In(file) is { } address)
        {
            throw new MemoryException(
                MemoryError.NeedsConsent,
                $"'{file.Name}' holds nothing but the address '{address}', and fetching it would need your consent, which this version cannot ask for: nothing was fetched; save the page and add its file.");
        }

        var text = await readers.ReadAsync(file, cancellationToken);
        var document = new NewDocument(location, text.Title ?? Path.GetFileName(location), text.MediaType, file.Sha256, file.Content.Length)
        {
            WrittenAt = text.Date ?? modifiedAt,
            ModifiedAt = modifiedAt,
            Unit = text.Unit,
        };
        return new DocumentText(document, [.. Chunker.Cut(text, Chunks).Select(ChunkOf)]);
    }

    private static DocumentChunk ChunkOf(Chunk chunk) => new(chunk.Content)
    {
        Heading = chunk.Heading is { Length: > 0 } heading ? heading : null,
        FirstLine = chunk.First,
        LastLine = chunk.Last,
    };
}
