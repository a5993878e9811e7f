using System.Globalization;

namespace PersonalAi.Assistant.Bench.Recall;

/// <summary>The figures of a run under the names that its readers expect, such as <c>recall@5</c> and <c>recall@256tok</c>.</summary>
internal static class RecallRunJson
{
    public static Dictionary<string, object> Of(RecallRun run)
    {
        var figures = new Dictionary<string, object> { ["mode"] = run.Mode };
        Add(figures, run.Scores);
        figures["query_ms_p50"] = Math.Round(Percentile.Of(run.QueryMs, 50), 2);
        figures["query_ms_p95"] = Math.Round(Percentile.Of(run.QueryMs, 95), 2);
        figures["by_category"] = run.ByCategory.ToDictionary(category => category.Key, category => Add([], category.Value));
        return figures;
    }

    private static Dictionary<string, object> Add(Dictionary<string, object> figures, RecallScores scores)
    {
        figures["questions"] = scores.Questions;
        foreach (var (rank, share) in scores.RecallAt)
        {
            figures[string.Create(CultureInfo.InvariantCulture, $"recall@{rank}")] = Math.Round(share, 4);
        }

        foreach (var (budget, share) in scores.RecallAtTokens)
        {
            figures[string.Create(CultureInfo.InvariantCulture, $"recall@{budget}tok")] = Math.Round(share, 4);
        }

        figures["mrr"] = Math.Round(scores.ReciprocalRank, 4);
        return figures;
    }
}
