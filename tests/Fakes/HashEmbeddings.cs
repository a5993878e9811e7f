using Microsoft.Extensions.AI;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Tests.Fakes;

/// <summary>Vectors that the words of a text add up to, each word a direction of its own: cheap, the same in every process, and alike where texts share words.</summary>
internal sealed class HashEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 32;

    /// <summary>The space of these vectors, and the generator.</summary>
    public static TextEmbedder Embedder { get; } = new(new HashEmbeddings(), new EmbeddingSpace("hash", "mean", Dimensions));

    public static float[] VectorOf(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var random = new Random(word.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
            for (var component = 0; component < Dimensions; component++)
            {
                vector[component] += (float)((random.NextDouble() * 2) - 1);
            }
        }

        var length = MathF.Sqrt(vector.Sum(component => component * component));
        return length == 0 ? vector : [.. vector.Select(component => component / length)];
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(VectorOf(text)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
