namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads text that has no markup.</summary>
internal sealed class PlainTextReader : IDocumentReader
{
    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ReadDocument(file.Name, "text/plain", TextLines.Split(TextDecoder.Decode(file.Name, file.Content.Span))));
}
