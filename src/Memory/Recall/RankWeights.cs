namespace PersonalAi.Memory.Recall;

/// <summary>How much each signal counts.</summary>
internal static class RankWeights
{
    public static double[] All { get; } = Make();

    public static double Score(ReadOnlySpan<double> signals)
    {
        var score = 0.0;
        for (var signal = 0; signal < signals.Length; signal++)
        {
            score += All[signal] * signals[signal];
        }

        return score;
    }

    private static double[] Make()
    {
        var weights = new double[Enum.GetValues<RankSignal>().Length];
        weights[(int)RankSignal.Words] = 1;
        weights[(int)RankSignal.Cosine] = 1;
        return weights;
    }
}
