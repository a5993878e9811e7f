namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>What is told of a prompt: its figures, and its words.</summary>
/// <param name="Shape">See <see cref="PromptShape"/>.</param>
/// <param name="Words">See <see cref="PromptWords"/>.</param>
internal sealed record PromptSignals(double[] Shape, int[] Words)
{
    public static PromptSignals Of(string prompt) => new(PromptShape.Of(prompt), PromptWords.Of(prompt));
}

/// <summary>How strongly a model is held back, and how much words count beside figures.</summary>
/// <param name="Penalty">The penalty, in shares of the number of prompts.</param>
/// <param name="WordWeight">The weight of words; 0 for none.</param>
internal readonly record struct PromptModelOptions(double Penalty, double WordWeight);

/// <summary>Predicts from a prompt what asking the dear model wins. Everything in it, scales and frequencies too, comes from the prompts it was fitted on.</summary>
internal sealed class PromptModel
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _rarity;
    private readonly double _wordWeight;
    private readonly double[] _weights;
    private readonly double _mean;

    private PromptModel(IReadOnlyList<PromptSignals> prompts, double[] gains, PromptModelOptions options)
    {
        _wordWeight = options.WordWeight;
        _means = [.. Enumerable.Range(0, PromptShape.Count).Select(figure => prompts.Average(prompt => prompt.Shape[figure]))];
        _scales = [.. _means.Select((mean, figure) => 1 / Math.Max(1e-6, Math.Sqrt(prompts.Average(prompt => Square(prompt.Shape[figure] - mean)))))];
        _rarity = RarityOf(prompts);
        _mean = gains.Average();

        var rows = new SparseRows(PromptShape.Count + PromptWords.Range);
        foreach (var prompt in prompts)
        {
            var (at, values) = RowOf(prompt);
            rows.Add(at, values);
        }

        _weights = RidgeRegression.Fit(rows, [.. gains.Select(gain => gain - _mean)], options.Penalty * prompts.Count);
    }

    /// <summary>Fits a model.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="gains">What asking the dear model won with each.</param>
    /// <param name="options">How.</param>
    public static PromptModel Fit(IReadOnlyList<PromptSignals> prompts, double[] gains, PromptModelOptions options) => new(prompts, gains, options);

    /// <summary>What asking the dear model is expected to win.</summary>
    public double Predict(PromptSignals prompt)
    {
        var (at, values) = RowOf(prompt);
        var sum = _mean;
        for (var i = 0; i < at.Length; i++)
        {
            sum += values[i] * _weights[at[i]];
        }

        return sum;
    }

    private static double Square(double value) => value * value;

    // Words of one prompt only tell nothing of others.
    private static double[] RarityOf(IReadOnlyList<PromptSignals> prompts)
    {
        var counts = new int[PromptWords.Range];
        foreach (var word in prompts.SelectMany(prompt => prompt.Words))
        {
            counts[word]++;
        }

        return [.. counts.Select(count => count < 2 ? 0 : Math.Log((double)prompts.Count / count))];
    }

    // Figures in standard deviations, within limits; the words as a vector of length 1.
    private (int[] At, double[] Values) RowOf(PromptSignals prompt)
    {
        var words = _wordWeight == 0 ? [] : prompt.Words.Where(word => _rarity[word] > 0).ToArray();
        var length = Math.Sqrt(words.Sum(word => Square(_rarity[word])));
        return (
            [.. Enumerable.Range(0, PromptShape.Count), .. words.Select(word => PromptShape.Count + word)],
            [
                .. prompt.Shape.Select((figure, index) => Math.Clamp((figure - _means[index]) * _scales[index], -4, 4)),
                .. words.Select(word => _wordWeight * _rarity[word] / length),
            ]);
    }
}
