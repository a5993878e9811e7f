using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>Prompts, and how right a cheap and a dear model were with each.</summary>
/// <param name="Weak">The name of the cheap model, the one that is right less often.</param>
/// <param name="Strong">The name of the dear one.</param>
/// <param name="Rows">The prompts.</param>
internal sealed record OutcomeTable(string Weak, string Strong, ImmutableArray<Outcome> Rows)
{
    /// <summary>Whether the table names the dear model first.</summary>
    public bool IsSwapped { get; init; }

    /// <summary>The mean rightness of the cheap model.</summary>
    public double WeakQuality => Rows.Average(row => row.Weak);

    /// <summary>The mean rightness of the dear model.</summary>
    public double StrongQuality => Rows.Average(row => row.Strong);
}

/// <summary>How right both models were with a prompt.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Weak">From 0, wrong, to 1, right.</param>
/// <param name="Strong">The same for the dear model.</param>
internal readonly record struct Outcome(string Prompt, double Weak, double Strong)
{
    /// <summary>What is won by asking the dear model.</summary>
    public double Gain => Strong - Weak;
}
