using System.Collections.Immutable;

namespace PersonalAi.Assistant.Routing;

/// <summary>Whether margins tell a user's good answers from the bad ones, judged by curves that were fitted on other answers (cross-validation).</summary>
internal sealed record CalibrationStudy
{
    /// <summary>So many good and so many bad answers are needed.</summary>
    public const int Least = 10;

    private const int Folds = 5;
    private const int Repeats = 20;
    private const int Bins = 5;

    /// <summary>How many good answers there are.</summary>
    public required int Good { get; init; }

    /// <summary>How many bad ones.</summary>
    public required int Bad { get; init; }

    /// <summary>The mean squared error of the probabilities (Brier 1950); null where there are too few thumbs.</summary>
    public double? Brier { get; init; }

    /// <summary>The same for whoever always says the share of good answers among the others.</summary>
    public double? BaseBrier { get; init; }

    /// <summary>How far probabilities are from the shares of good answers among those that have such, on average (expected calibration error).</summary>
    public double? CalibrationError { get; init; }

    /// <summary>The share of bad answers that lie below the threshold.</summary>
    public double? BadFound { get; init; }

    /// <summary>The share of good answers that do, too.</summary>
    public double? GoodFlagged { get; init; }

    /// <summary>What is fitted on all of them; null where there are too few, or margins tell nothing.</summary>
    public RouteCalibration? Calibration { get; init; }

    /// <summary>What can be said of it.</summary>
    public string Statement => this switch
    {
        { Brier: null } => $"Nothing is calibrated: {Good} good and {Bad} bad answers are rated, and at least {Least} of each are needed; rate answers with /good and /bad.",
        { Calibration: null } => "Nothing is calibrated: the margins do not tell your good answers from the bad ones better than their mere share does.",
        _ => "The margins tell your good answers from the bad ones, and are calibrated.",
    };

    /// <summary>Studies rated answers.</summary>
    /// <param name="answers">The answers, all of one model.</param>
    /// <param name="now">When it is done.</param>
    public static CalibrationStudy Of(IReadOnlyList<RatedMargin> answers, DateTimeOffset now)
    {
        var counted = new CalibrationStudy { Good = answers.Count(answer => answer.IsGood), Bad = answers.Count(answer => !answer.IsGood) };
        return Math.Min(counted.Good, counted.Bad) < Least ? counted : counted.Study(answers, now);
    }

    private CalibrationStudy Study(IReadOnlyList<RatedMargin> answers, DateTimeOffset now)
    {
        var predictions = Enumerable.Range(0, Repeats).SelectMany(repeat => Predict(answers, repeat)).ToImmutableArray();
        var threshold = ThresholdOf(predictions);
        var study = this with
        {
            Brier = predictions.Average(prediction => Math.Pow(prediction.Probability - (prediction.IsGood ? 1 : 0), 2)),
            BaseBrier = predictions.Average(prediction => Math.Pow(prediction.Base - (prediction.IsGood ? 1 : 0), 2)),
            CalibrationError = ErrorOf(predictions),
            BadFound = ShareBelow(predictions, threshold, isGood: false),
            GoodFlagged = ShareBelow(predictions, threshold, isGood: true),
        };
        var calibration = RouteCalibration.Fit(answers) with { Threshold = Math.Round(threshold, 4), FittedAt = now };
        return study.Brier < study.BaseBrier && calibration.Slope > 0 ? study with { Calibration = calibration } : study;
    }

    // Each fold has its share of good and bad answers.
    private static IEnumerable<Prediction> Predict(IReadOnlyList<RatedMargin> answers, int seed)
    {
        var random = new Random(seed);
        var dealt = answers.Select(answer => (Answer: answer, Draw: random.Next())).OrderBy(answer => answer.Answer.IsGood).ThenBy(answer => answer.Draw)
            .Select((answer, index) => (answer.Answer, Fold: index % Folds)).ToList();
        foreach (var fold in Enumerable.Range(0, Folds))
        {
            var others = dealt.Where(answer => answer.Fold != fold).Select(answer => answer.Answer).ToList();
            var (curve, share) = (RouteCalibration.Fit(others), (double)others.Count(answer => answer.IsGood) / others.Count);
            foreach (var (answer, _) in dealt.Where(answer => answer.Fold == fold))
            {
                yield return new Prediction(curve.ProbabilityOf(answer.Margin), share, answer.IsGood);
            }
        }
    }

    // Where the share of the bad that is found is most above the share of the good that is flagged (Youden 1950).
    private static double ThresholdOf(ImmutableArray<Prediction> predictions)
    {
        var (good, bad) = (predictions.Count(prediction => prediction.IsGood), predictions.Count(prediction => !prediction.IsGood));
        var sorted = predictions.Sort((left, right) => left.Probability.CompareTo(right.Probability));
        var (below, best, threshold) = (0.0, double.NegativeInfinity, 0.5);
        for (var i = 0; i + 1 < sorted.Length; i++)
        {
            below += sorted[i].IsGood ? -1.0 / good : 1.0 / bad;
            if (below > best && sorted[i].Probability < sorted[i + 1].Probability)
            {
                (best, threshold) = (below, (sorted[i].Probability + sorted[i + 1].Probability) / 2);
            }
        }

        return threshold;
    }

    private static double ErrorOf(ImmutableArray<Prediction> predictions) => predictions
        .Sort((left, right) => left.Probability.CompareTo(right.Probability))
        .Chunk((predictions.Length + Bins - 1) / Bins)
        .Sum(bin => bin.Length * Math.Abs(bin.Average(prediction => prediction.Probability) - bin.Average(prediction => prediction.IsGood ? 1 : 0))) / predictions.Length;

    private static double ShareBelow(ImmutableArray<Prediction> predictions, double threshold, bool isGood)
    {
        var those = predictions.Where(prediction => prediction.IsGood == isGood).ToList();
        return (double)those.Count(prediction => prediction.Probability < threshold) / those.Count;
    }

    private readonly record struct Prediction(double Probability, double Base, bool IsGood);
}
