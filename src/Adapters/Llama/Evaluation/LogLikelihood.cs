namespace PersonalAi.Adapters.Llama.Evaluation;

/// <summary>Sums up how improbable the tokens of a text were to a model.</summary>
internal sealed class LogLikelihood
{
    private double _sum;
    private double _sumOfSquares;

    /// <summary>How many tokens were predicted.</summary>
    public int Count { get; private set; }

    public double Perplexity => Math.Exp(_sum / Count);

    /// <summary>The standard error of the mean, carried over to the perplexity.</summary>
    public double StandardError
    {
        get
        {
            var mean = _sum / Count;
            var variance = (_sumOfSquares / Count) - (mean * mean);
            return variance > 0 ? Math.Sqrt(variance / (Count - 1)) * Perplexity : 0;
        }
    }

    /// <summary>Takes note of a token.</summary>
    /// <param name="logits">What the model gave before it, one for each token of the vocabulary.</param>
    /// <param name="token">The token that came.</param>
    public void Add(ReadOnlySpan<float> logits, int token)
    {
        var greatest = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            greatest = MathF.Max(greatest, logit);
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += MathF.Exp(logit - greatest);
        }

        var negative = Math.Log(sum) - (logits[token] - greatest);
        _sum += negative;
        _sumOfSquares += negative * negative;
        Count++;
    }
}
