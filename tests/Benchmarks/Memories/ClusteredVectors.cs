using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Benchmarks.Memories;

/// <summary>
/// Vectors that lie in clusters, as those of texts do, in place of an embedding model, which would take hours for a million texts.
/// Each text has its own, the same in every run. The vector of a question is near that of the fact whose number it bears.
/// </summary>
/// <param name="model">A real embedding model, which embeds the question too so that its time is counted; null for none.</param>
internal sealed class ClusteredVectors(IEmbeddingGenerator<string, Embedding<float>>? model) : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 384;
    private const int Clusters = 2_000;
    private const float Spread = 0.9f;

    public static EmbeddingSpace Space { get; } = new("synthetic", "none", Dimensions);

    /// <summary>The vector of a fact.</summary>
    public static float[] Of(string text)
    {
        var seed = text.Aggregate(23, (hash, letter) => unchecked((hash * 31) + letter));
        return Near(Gaussian(new Random(unchecked((int)((uint)seed % Clusters)))), Spread, new Random(seed));
    }

    /// <summary>A vector near another.</summary>
    public static float[] Near(float[] centre, float spread, Random random)
    {
        var vector = Gaussian(random);
        TensorPrimitives.MultiplyAdd(vector, spread, centre, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        if (model is not null && texts is [var question])
        {
            await model.GenerateAsync([question], options, cancellationToken);
        }

        return [.. texts.Select(text => new Embedding<float>(Of(text)))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] Gaussian(Random random)
    {
        var vector = new float[Dimensions];
        for (var component = 0; component < Dimensions; component++)
        {
            vector[component] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return vector;
    }
}
