using System.Collections.Immutable;

namespace PersonalAi.Memory.Recall;

/// <summary>How much each signal counts.</summary>
// Fitted to the development conversations of tests/Corpus/recall, a softmax over candidates, leaving one conversation out in turn
// to see that it holds; then rounded, with more for the words than the fit gives, since MiniLM falls behind BM25 where many
// passages are alike. What those conversations do not have (facts, answers, recency) is set by hand and small. See docs/memory.md.
internal static class RankWeights
{
    private static readonly (RankSignal Signal, double Weight)[] Table =
    [
        (RankSignal.Words, 0.3),
        (RankSignal.Cosine, 0.95),
        (RankSignal.Names, 0.05),
        (RankSignal.Speaker, 0.15),
        (RankSignal.SpeakerOfOneself, 0.15),
        (RankSignal.Reply, 0.45),
        (RankSignal.ReplyToQuestion, 0.1),
        (RankSignal.Asks, -0.35),
        (RankSignal.SaysSomething, 0.35),
        (RankSignal.SaysMuch, 0.25),
        (RankSignal.Answer, -0.25),
        (RankSignal.Fact, 0.1),
        (RankSignal.Time, 0.3),
        (RankSignal.SaysWhen, 0.2),
        (RankSignal.SaysNumber, 0.3),
        (RankSignal.Coverage, 0.05),
        (RankSignal.CoverageAround, 0.4),
        (RankSignal.Thread, 0.33),
        (RankSignal.Recency, 0.05),
    ];

    /// <summary>The weights in the order of the signals.</summary>
    public static ImmutableArray<double> All { get; } = [.. Enum.GetValues<RankSignal>().Select(signal => Table.Single(row => row.Signal == signal).Weight)];
}
