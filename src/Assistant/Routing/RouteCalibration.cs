namespace PersonalAi.Assistant.Routing;

/// <summary>What the user's own thumbs say of margins: how likely an answer with such a margin is a good one.</summary>
/// <param name="Intercept">The log-odds of a good answer at margin 0.</param>
/// <param name="Slope">What the log-odds gain from margin 0 to 1.</param>
/// <param name="Threshold">Below this probability an answer counts as unsure.</param>
/// <param name="Good">How many good answers it was fitted on.</param>
/// <param name="Bad">How many bad ones.</param>
/// <param name="FittedAt">When.</param>
internal sealed record RouteCalibration(double Intercept, double Slope, double Threshold, int Good, int Bad, DateTimeOffset FittedAt)
{
    /// <summary>The form of the file; another form is not read.</summary>
    public const int Form = 1;

    /// <summary>The form that this one is written in.</summary>
    public int Version { get; init; } = Form;

    /// <summary>The probability that an answer with such a mean margin is a good one.</summary>
    public double ProbabilityOf(double margin) => 1 / (1 + Math.Exp(-(Intercept + (Slope * margin))));
}
