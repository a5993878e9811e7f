using System.Collections.Immutable;
using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

/// <summary>What holds for the chunks of every document.</summary>
internal static class Lossless
{
    /// <summary>Every word is in one chunk only, in order; ordinals count, and the lines that a chunk cites hold its words.</summary>
    public static void Check(ReadDocument document, ImmutableArray<Chunk> chunks, ChunkOptions? options = null)
    {
        options ??= new();

        Assert.Equal(Words(document.Lines.Select(line => line.Text)), Words(chunks.Select(chunk => chunk.Text)));
        Assert.Equal(Enumerable.Range(0, chunks.Length), chunks.Select(chunk => chunk.Ordinal));
        Assert.All(chunks, chunk => Assert.True(
            options.CountTokens(chunk.Content) <= options.TargetTokens + 1, $"{options.CountTokens(chunk.Content)} tokens in '{chunk.Content}'"));
        Assert.All(chunks, chunk => Assert.Contains(
            Words([chunk.Text]), Words(document.Lines.Where(line => line.Number >= chunk.First && line.Number <= chunk.Last).Select(line => line.Text)), StringComparison.Ordinal));
    }

    private static string Words(IEnumerable<string> texts) => string.Concat(texts.SelectMany(text => text).Where(sign => !char.IsWhiteSpace(sign)));
}
