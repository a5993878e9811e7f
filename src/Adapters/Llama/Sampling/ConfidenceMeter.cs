using System.Numerics.Tensors;

namespace PersonalAi.Adapters.Llama.Sampling;

/// <summary>
/// Adds up how sure a model is of what it writes: of each token, how likely it was to the model itself, before penalties, temperature
/// and a grammar, and how far the likeliest was ahead of the second.
/// </summary>
internal sealed class ConfidenceMeter
{
    // Small enough for the stack and the nearest cache.
    private const int Piece = 1024;

    private int _tokens;
    private double _logProbability;
    private double _margin;
    private double _lowest = 1;

    /// <summary>What it comes to; null where there was nothing to choose.</summary>
    public GenerationConfidence? Result => _tokens == 0 ? null : new GenerationConfidence(_tokens, _logProbability / _tokens, _margin / _tokens, _lowest);

    /// <summary>Takes note of a token. It does not count where the model had no choice: where one of the two likeliest was forbidden.</summary>
    /// <param name="logits">One per token of the vocabulary.</param>
    /// <param name="token">The one that was chosen.</param>
    /// <param name="isAllowed">Whether a token could have been chosen.</param>
    public void Observe(ReadOnlySpan<float> logits, int token, Func<int, bool> isAllowed)
    {
        var best = TensorPrimitives.IndexOfMax(logits);
        var second = Second(logits, best);
        if (second < 0 || !float.IsFinite(logits[best]) || !isAllowed(best) || !isAllowed(second))
        {
            return;
        }

        var sum = SumOfExponentials(logits, logits[best]);
        var margin = (1 - Math.Exp(logits[second] - logits[best])) / sum;
        _tokens++;
        _logProbability += logits[token] - logits[best] - Math.Log(sum);
        _margin += margin;
        _lowest = Math.Min(_lowest, margin);
    }

    private static int Second(ReadOnlySpan<float> logits, int best)
    {
        if (logits.Length < 2)
        {
            return -1;
        }

        var (before, after) = (TensorPrimitives.IndexOfMax(logits[..best]), TensorPrimitives.IndexOfMax(logits[(best + 1)..]));
        return before < 0 ? best + 1 + after
            : after < 0 || logits[before] >= logits[best + 1 + after] ? before
            : best + 1 + after;
    }

    private static double SumOfExponentials(ReadOnlySpan<float> logits, float greatest)
    {
        Span<float> piece = stackalloc float[Piece];
        var sum = 0.0;
        while (!logits.IsEmpty)
        {
            var part = piece[..Math.Min(Piece, logits.Length)];
            TensorPrimitives.Subtract(logits[..part.Length], greatest, part);
            TensorPrimitives.Exp(part, part);
            sum += TensorPrimitives.Sum<float>(part);
            logits = logits[part.Length..];
        }

        return sum;
    }
}
