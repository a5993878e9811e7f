namespace PersonalAi.Assistant.Routing;

/// <summary>What the user's own thumbs say of a model's margins: how likely an answer with such a margin is a good one.</summary>
/// <param name="Intercept">The log-odds of a good answer at margin 0.</param>
/// <param name="Slope">What the log-odds gain from margin 0 to 1.</param>
/// <param name="Threshold">Below this probability an answer counts as unsure.</param>
/// <param name="Good">How many good answers it was fitted on.</param>
/// <param name="Bad">How many bad ones.</param>
internal sealed record RouteCalibration(double Intercept, double Slope, double Threshold, int Good, int Bad)
{
    private const int MostSteps = 50;

    /// <summary>When it was fitted.</summary>
    public DateTimeOffset FittedAt { get; init; }

    /// <summary>The probability that an answer with such a mean margin is a good one.</summary>
    public double ProbabilityOf(double margin) => Logistic(Intercept + (Slope * margin));

    /// <summary>
    /// Fits a logistic curve by Newton's method, without a threshold. The slope has a prior of standard deviation 1 in standard deviations
    /// of the margin (Platt 1999 with a prior), so that few thumbs make no steep curve.
    /// </summary>
    /// <param name="answers">Rated answers, some good and some bad.</param>
    public static RouteCalibration Fit(IReadOnlyList<RatedMargin> answers)
    {
        var mean = answers.Average(answer => answer.Margin);
        var deviation = Math.Max(1e-6, Math.Sqrt(answers.Average(answer => Math.Pow(answer.Margin - mean, 2))));
        var (intercept, slope) = (0.0, 0.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, gradientSlope, a, b, c) = (0.0, -slope, 1e-9, 0.0, 1.0);
            foreach (var (margin, isGood) in answers)
            {
                var z = (margin - mean) / deviation;
                var p = Logistic(intercept + (slope * z));
                var (error, weight) = ((isGood ? 1 : 0) - p, p * (1 - p));
                (gradient, gradientSlope) = (gradient + error, gradientSlope + (error * z));
                (a, b, c) = (a + weight, b + (weight * z), c + (weight * z * z));
            }

            var determinant = (a * c) - (b * b);
            var (move, moveSlope) = (((c * gradient) - (b * gradientSlope)) / determinant, ((a * gradientSlope) - (b * gradient)) / determinant);
            (intercept, slope) = (intercept + move, slope + moveSlope);
            if (Math.Abs(move) + Math.Abs(moveSlope) < 1e-9)
            {
                break;
            }
        }

        return new RouteCalibration(intercept - (slope * mean / deviation), slope / deviation, Threshold: 0, answers.Count(answer => answer.IsGood), answers.Count(answer => !answer.IsGood));
    }

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}

/// <summary>The mean margin of an answer, and what the user thinks of it.</summary>
/// <param name="Margin">See <see cref="Memory.Conversations.AnswerConfidence.MeanMargin"/>.</param>
/// <param name="IsGood">Whether they found it good.</param>
internal readonly record struct RatedMargin(double Margin, bool IsGood);
