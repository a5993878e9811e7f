using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>
/// What a router reaches as it lets more and more prompts go to the dear model: those first that it gives the highest score. Where scores are
/// equal it takes any of them, so the curve is straight there.
/// </summary>
/// <remarks>
/// The performance gap recovered (PGR) at a share of calls is how much of the way from the cheap to the dear model's quality is made; its
/// mean over all shares is the APGR (Ong et al. 2024, RouteLLM): 0.5 for random calls, since these go straight from 0 to 1.
/// </remarks>
internal sealed class RouteCurve
{
    // The cumulated calls and gains after each group of equal scores, from (0, 0) on.
    private readonly (double Calls, double Gain)[] _steps;

    private RouteCurve((double Calls, double Gain)[] steps) => _steps = steps;

    private double Calls => _steps[^1].Calls;

    private double Gap => _steps[^1].Gain;

    /// <summary>The average performance gap recovered.</summary>
    public double Apgr => _steps.Zip(_steps.Skip(1), (from, to) => (to.Calls - from.Calls) * (from.Gain + to.Gain) / 2).Sum() / Calls / Gap;

    /// <summary>The curve of a router.</summary>
    /// <param name="order">The groups of rows with equal scores, the highest first.</param>
    /// <param name="gains">What each row wins.</param>
    /// <param name="weights">How often each row counts; null for once.</param>
    public static RouteCurve Of(ImmutableArray<int[]> order, double[] gains, int[]? weights = null)
    {
        var steps = new (double Calls, double Gain)[order.Length + 1];
        for (var group = 0; group < order.Length; group++)
        {
            var (calls, gain) = steps[group];
            foreach (var row in order[group])
            {
                var weight = weights?[row] ?? 1;
                calls += weight;
                gain += weight * gains[row];
            }

            steps[group + 1] = (calls, gain);
        }

        return new RouteCurve(steps);
    }

    /// <summary>The groups of rows with equal scores, the highest first.</summary>
    public static ImmutableArray<int[]> OrderOf(IReadOnlyList<double> scores) =>
        [.. Enumerable.Range(0, scores.Count).GroupBy(row => scores[row]).OrderByDescending(group => group.Key).Select(group => group.ToArray())];

    /// <summary>The PGR at a share of calls.</summary>
    public double PgrAt(double share)
    {
        var calls = share * Calls;
        var index = Array.FindIndex(_steps, step => step.Calls >= calls - 1e-9);
        if (index <= 0)
        {
            return 0;
        }

        var (from, to) = (_steps[index - 1], _steps[index]);
        return (from.Gain + ((to.Gain - from.Gain) * Math.Clamp((calls - from.Calls) / (to.Calls - from.Calls), 0, 1))) / Gap;
    }

    /// <summary>The call-performance threshold: the least share of calls that recovers so much of the gap.</summary>
    public double Cpt(double pgr)
    {
        for (var index = 1; index < _steps.Length; index++)
        {
            var (from, to) = (_steps[index - 1], _steps[index]);
            if (to.Gain >= pgr * Gap)
            {
                return (from.Calls + ((to.Calls - from.Calls) * ((pgr * Gap) - from.Gain) / (to.Gain - from.Gain))) / Calls;
            }
        }

        return 1;
    }
}
