namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Turns files of one format into text with structure.</summary>
internal interface IDocumentReader
{
    /// <summary>Reads the file, without a network and without running anything that stands in it.</summary>
    /// <exception cref="MemoryException">The file is not what it seems, damaged, or too large: the message names it and says why.</exception>
    Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default);
}
