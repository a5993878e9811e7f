namespace PersonalAi.Assistant.Bench;

/// <summary>What several measurements of one thing gave.</summary>
/// <param name="Median">The middle one; of an even number the upper.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
internal readonly record struct Spread(double Median, double Lowest, double Highest)
{
    /// <param name="values">At least one.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return new Spread(Math.Round(ordered[ordered.Length / 2], 2), Math.Round(ordered[0], 2), Math.Round(ordered[^1], 2));
    }
}
