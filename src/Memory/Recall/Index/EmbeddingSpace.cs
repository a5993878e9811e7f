using System.Globalization;
using Microsoft.Extensions.AI;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>What makes vectors comparable: those of two spaces never are.</summary>
/// <param name="ModelSha256">The hash of the embedding model's file.</param>
/// <param name="Pooling">How the vectors of tokens become one: mean, cls, last.</param>
/// <param name="Dimensions">The length of a vector.</param>
public sealed record EmbeddingSpace(string ModelSha256, string Pooling, int Dimensions)
{
    /// <summary>The name of the space; all vectors have length 1.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{ModelSha256}:{Pooling}:{Dimensions}:l2");

    /// <summary>The space of a name.</summary>
    internal static EmbeddingSpace Parse(string id) =>
        id.Split(':') is [var model, var pooling, var dimensions, "l2"] ? new(model, pooling, int.Parse(dimensions, CultureInfo.InvariantCulture)) : throw new FormatException(id);
}

/// <summary>Turns texts into vectors of one space.</summary>
/// <param name="Generator">Makes vectors of length 1 (<c>float[Dimensions]</c>); texts of any length.</param>
/// <param name="Space">The space they lie in.</param>
public sealed record TextEmbedder(IEmbeddingGenerator<string, Embedding<float>> Generator, EmbeddingSpace Space)
{
    /// <summary>The vectors of some texts, in their order.</summary>
    /// <exception cref="MemoryException">The generator made vectors of another length: they are of another space.</exception>
    internal async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var vectors = (await Generator.GenerateAsync(texts, cancellationToken: cancellationToken)).Select(embedding => embedding.Vector).ToList();
        return vectors.Find(vector => vector.Length != Space.Dimensions) is { Length: > 0 } wrong
            ? throw new MemoryException(
                MemoryError.Invalid, $"The embedding model gives vectors of {wrong.Length} numbers, the space '{Space.Id}' has {Space.Dimensions}; name the model that belongs to it.")
            : vectors;
    }
}
