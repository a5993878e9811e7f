using System.Collections.Immutable;

namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>
/// Chooses between ways of running a model by how long a typical turn takes: 256 tokens of prompt and 128 of answer, half of the
/// turns at the beginning of a context and half far into one. A way that is not at least 5 % faster than the usual one is not
/// chosen, since the next measurement could say otherwise. 8-bit keys and values are chosen for their speed only; where they are
/// needed for their size, <see cref="Models.Fit.FitTable"/> chooses them.
/// </summary>
internal static class TuningDecision
{
    private const double WorthChanging = 0.95;

    /// <param name="measurements">The usual way first.</param>
    public static TunedChoice Choose(ImmutableArray<TuningMeasurement> measurements)
    {
        var usual = measurements[0];
        var best = measurements.MinBy(measurement => measurement.TypicalTurn)!;
        return best.TypicalTurn < usual.TypicalTurn * WorthChanging ? best.Choice : usual.Choice;
    }
}
