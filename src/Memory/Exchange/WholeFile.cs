using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Exchange;

/// <summary>Reads files that are understood as a whole.</summary>
internal static class WholeFile
{
    /// <summary>All bytes of a stream.</summary>
    /// <exception cref="MemoryException">There are more than any file of this kind has.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(this Stream stream, string name, CancellationToken cancellationToken = default)
    {
        await using var bounded = new BoundedStream(stream, name, new ReadingOptions().MaxFileBytes);
        using var content = new MemoryStream();
        await bounded.CopyToAsync(content, cancellationToken);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
