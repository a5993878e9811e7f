using Microsoft.Extensions.AI;
using System.Numerics.Tensors;

namespace PersonalAi.Adapters.Llama;

/// <summary>
/// Embeds texts of any length: one that the model refuses as too long is halved until its parts fit, and has the direction of the
/// sum of their vectors. Nothing is cut off.
/// </summary>
/// <param name="inner">Refuses what is too long for it, and gives vectors of length 1.</param>
public sealed class LongTextEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    /// <exception cref="ModelException">The engine failed.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        try
        {
            return await base.GenerateAsync(texts, options, cancellationToken);
        }
        catch (ModelException tooLong) when (tooLong.Error == ModelError.PromptTooLong)
        {
            return texts is [var text] ? [await HalvesAsync(text, options, cancellationToken)] : await EachAsync(texts, options, cancellationToken);
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EachAsync(List<string> texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(texts.Count);
        foreach (var text in texts)
        {
            embeddings.AddRange(await GenerateAsync([text], options, cancellationToken));
        }

        return embeddings;
    }

    private async Task<Embedding<float>> HalvesAsync(string text, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var middle = MiddleOf(text);
        var halves = await EachAsync([text[..middle], text[middle..]], options, cancellationToken);
        var sum = new float[halves[0].Vector.Length];
        TensorPrimitives.Add(halves[0].Vector.Span, halves[1].Vector.Span, sum);
        TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        return new Embedding<float>(sum) { ModelId = halves[0].ModelId };
    }

    // The white space nearest before the middle; in a text without any, the middle, but not between the halves of a character.
    private static int MiddleOf(string text)
    {
        var middle = text.Length / 2;
        var space = text.LastIndexOfAny([' ', '\n', '\t'], middle);
        return space > middle / 2 ? space : char.IsLowSurrogate(text[middle]) ? middle + 1 : middle;
    }
}
