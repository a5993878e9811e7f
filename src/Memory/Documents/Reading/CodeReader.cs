namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads source code: the lines as they are, with its definitions.</summary>
internal sealed class CodeReader : IDocumentReader
{
    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default)
    {
        var lines = TextLines.Split(TextDecoder.Decode(file.Name, file.Content.Span));
        return Task.FromResult(new ReadDocument(file.Name, "text/x-source", lines)
        {
            Sections = CodeDefinitions.Of(lines),
            Blocks = lines.IsEmpty ? [] : [new(BlockKind.Code, 0, lines.Length)],
        });
    }
}
