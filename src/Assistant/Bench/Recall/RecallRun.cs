using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Recall;

/// <summary>What one way of searching reached over all questions.</summary>
/// <param name="Mode">bm25, vector or full.</param>
/// <param name="Scores">The figures over all questions.</param>
/// <param name="ByCategory">The figures of each category.</param>
/// <param name="QueryMs">How long each question took, in ms; its embedding is in it.</param>
internal sealed record RecallRun(string Mode, RecallScores Scores, ImmutableSortedDictionary<string, RecallScores> ByCategory, IReadOnlyList<double> QueryMs);

/// <summary>How well questions were answered, each figure from 0 to 1.</summary>
/// <param name="Questions">How many were asked.</param>
/// <param name="RecallAt">The share of the evidence among the first k items.</param>
/// <param name="RecallAtTokens">The share of the evidence in what a budget of so many tokens has room for.</param>
/// <param name="ReciprocalRank">One divided by the rank of the first evidence (MRR).</param>
internal sealed record RecallScores(
    int Questions, ImmutableSortedDictionary<int, double> RecallAt, ImmutableSortedDictionary<int, double> RecallAtTokens, double ReciprocalRank)
{
    /// <summary>The mean of several.</summary>
    public static RecallScores MeanOf(IReadOnlyCollection<RecallScores> scores) => new(
        scores.Count,
        Mean(scores.Select(score => score.RecallAt)),
        Mean(scores.Select(score => score.RecallAtTokens)),
        scores.Average(score => score.ReciprocalRank));

    private static ImmutableSortedDictionary<int, double> Mean(IEnumerable<ImmutableSortedDictionary<int, double>> scores) =>
        scores.SelectMany(score => score).GroupBy(entry => entry.Key, entry => entry.Value).ToImmutableSortedDictionary(group => group.Key, group => group.Average());
}
