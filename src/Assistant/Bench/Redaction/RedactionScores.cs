using System.Text.Json.Serialization;

namespace PersonalAi.Assistant.Bench.Redaction;

/// <summary>How much of what was found is right, how much of what is there was found, and both with recall counting for more.</summary>
/// <param name="Precision">The share of spans that are right; null where there is none.</param>
/// <param name="Recall">The share of labels that were found; null where there is none.</param>
/// <param name="F2">Both in one, recall weighing twice as much.</param>
internal sealed record RedactionScore(double? Precision, double? Recall, [property: JsonPropertyName("f2")] double? F2)
{
    /// <summary>The share of labels that one span covers exactly.</summary>
    public double? ExactRecall { get; init; }

    /// <summary>The share of labels of which nothing was left open, whatever type the spans were of.</summary>
    public double? Covered { get; init; }

    /// <summary>The share of spans that lie over a label of any type.</summary>
    public double? AnyTypePrecision { get; init; }

    /// <param name="tallies">By type; the spans of all of them count.</param>
    /// <param name="countsLabels">Of which the labels count.</param>
    public static RedactionScore Of(IEnumerable<KeyValuePair<string, RedactionTally>> tallies, Func<KeyValuePair<string, RedactionTally>, bool> countsLabels)
    {
        var all = tallies.ToList();
        var counted = all.Where(countsLabels).Select(pair => pair.Value).ToList();
        var spans = all.Sum(pair => pair.Value.Spans);
        var labels = counted.Sum(tally => tally.Labels);
        return Of(Share(all.Sum(pair => pair.Value.Right), spans), Share(counted.Sum(tally => tally.Found), labels)) with
        {
            ExactRecall = Share(counted.Sum(tally => tally.FoundExactly), labels),
            Covered = Share(counted.Sum(tally => tally.Covered), labels),
            AnyTypePrecision = Share(all.Sum(pair => pair.Value.RightOfAnyType), spans),
        };
    }

    public static RedactionScore Of(double? precision, double? recall) =>
        new(precision, recall, precision is null || recall is null ? null : precision + recall == 0 ? 0 : Math.Round(5 * precision.Value * recall.Value / ((4 * precision.Value) + recall.Value), 4));

    public static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);
}

/// <summary>The score of one type of label.</summary>
/// <param name="Precision">The share of spans of that type that are right; a span over a label of another type is not.</param>
/// <param name="Recall">The share of labels that were found.</param>
/// <param name="F2">Both in one.</param>
/// <param name="Gold">How many labels there are.</param>
/// <param name="Found">How many of them were found.</param>
/// <param name="Spans">How many spans of that type there are.</param>
/// <param name="Supported">Whether a recogniser looks for it.</param>
internal sealed record TypeScore(double? Precision, double? Recall, [property: JsonPropertyName("f2")] double? F2, int Gold, int Found, int Spans, bool Supported)
{
    public double? ExactRecall { get; init; }

    public double? Covered { get; init; }

    public static TypeScore Of(RedactionTally tally, bool supported)
    {
        var score = RedactionScore.Of(RedactionScore.Share(tally.Right, tally.Spans), RedactionScore.Share(tally.Found, tally.Labels));
        return new TypeScore(score.Precision, score.Recall, score.F2, tally.Labels, tally.Found, tally.Spans, supported)
        {
            ExactRecall = RedactionScore.Share(tally.FoundExactly, tally.Labels),
            Covered = RedactionScore.Share(tally.Covered, tally.Labels),
        };
    }
}

/// <summary>All scores of a run.</summary>
/// <param name="Texts">How many texts were read.</param>
/// <param name="Overall">Over all spans, and the labels that a recogniser looks for.</param>
/// <param name="All">Over all spans and all labels.</param>
/// <param name="Types">By type.</param>
internal sealed record RedactionScores(int Texts, RedactionScore Overall, RedactionScore All, IReadOnlyDictionary<string, TypeScore> Types);
