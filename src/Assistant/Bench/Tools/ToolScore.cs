using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Tools;

/// <summary>How one question went.</summary>
/// <param name="Category">What kind of question it was.</param>
/// <param name="IsRight">Whether what was called is what had to be.</param>
/// <param name="Calls">How many calls were made.</param>
/// <param name="ValidCalls">How many of them meet the schema of their function.</param>
/// <param name="Tokens">How many tokens were written, where something was called.</param>
internal sealed record ToolScore(string Category, bool IsRight, int Calls, int ValidCalls, long? Tokens);

/// <summary>What one way of calling reached.</summary>
/// <param name="Mode">free, grammar or think.</param>
/// <param name="Accuracy">The share of the questions that need calls in which the right ones were made, 0 to 1; null where none were asked.</param>
/// <param name="Irrelevance">The share of the questions that no function answers in which nothing was called; null where none were asked.</param>
/// <param name="SchemaValid">The share of calls that meet the schema of their function; null where none were made.</param>
/// <param name="ByCategory">The share of right answers in each category.</param>
/// <param name="TokensPerCall">How many tokens were written for each call.</param>
internal sealed record ToolRun(
    string Mode, double? Accuracy, double? Irrelevance, double? SchemaValid, ImmutableSortedDictionary<string, CategoryScore> ByCategory, double? TokensPerCall)
{
    /// <summary>The figures of a run.</summary>
    public static ToolRun Of(string mode, IReadOnlyCollection<ToolScore> scores) => new(
        mode,
        ShareOf(scores.Where(score => score.Category != BfclCallFolder.Irrelevance)),
        ShareOf(scores.Where(score => score.Category == BfclCallFolder.Irrelevance)),
        scores.Sum(score => score.Calls) is > 0 and var calls ? (double)scores.Sum(score => score.ValidCalls) / calls : null,
        scores.GroupBy(score => score.Category).ToImmutableSortedDictionary(category => category.Key, category => new CategoryScore(category.Count(), ShareOf(category)!.Value)),
        scores.Where(score => score.Tokens is not null).Sum(score => score.Calls) is > 0 and var counted ? (double)scores.Sum(score => score.Tokens ?? 0) / counted : null);

    private static double? ShareOf(IEnumerable<ToolScore> scores) => scores.Select(score => score.IsRight ? 1.0 : 0.0).ToList() is { Count: > 0 } marks ? marks.Average() : null;
}

/// <summary>The figures of a category.</summary>
/// <param name="Questions">How many were asked.</param>
/// <param name="Accuracy">The share of right answers, 0 to 1.</param>
internal sealed record CategoryScore(int Questions, double Accuracy);
