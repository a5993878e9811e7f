namespace PersonalAi.Adapters.Llama.Speculation;

/// <summary>
/// Decides how many tokens are worth drafting, from how many were right before. It looks at no clock, so that the same answer takes
/// the same course each time.
/// </summary>
internal sealed class DraftLength
{
    private const double Memory = 0.8;

    // What a batch of a token and its draft costs, in single tokens: on CPUs about 5 for 8 (IQ2_XXS 5.4, Q4_0 4.9) and 7 for 16
    // (6.8, 7.4). Shorter drafts cost nearly as much as they can win.
    private static readonly (int Length, double Cost)[] Choices = [(15, 7.2), (7, 5.2)];

    private double _acceptance = 0.9;

    /// <summary>So many of the newest tokens must have stood before: more once drafting did not pay.</summary>
    public int LeastMatch => Pays ? 3 : 8;

    /// <summary>Whether drafts were right so often that they pay.</summary>
    public bool Pays => Best is not null;

    /// <summary>How many tokens to draft.</summary>
    public int Count => Best ?? Choices[^1].Length;

    private int? Best
    {
        get
        {
            var (length, gain) = Choices.Select(choice => (choice.Length, Gain: Expected(choice.Length) / choice.Cost)).MaxBy(choice => choice.Gain);
            return gain > 1 ? length : null;
        }
    }

    /// <summary>Takes note of how good a draft was.</summary>
    public void Observe(int drafted, int accepted)
    {
        var rate = accepted == drafted ? 1 : accepted / (accepted + 1.0);
        _acceptance = (Memory * _acceptance) + ((1 - Memory) * rate);
    }

    // Each token is right only if all before it were; one token is won in any case.
    private double Expected(int length) => _acceptance < 1 ? (1 - Math.Pow(_acceptance, length + 1)) / (1 - _acceptance) : length + 1;
}
