namespace PersonalAi.Assistant.Bench;

/// <summary>The value below which a share of all lies.</summary>
internal static class Percentile
{
    /// <summary>The nearest-rank percentile.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="percent">From 0 to 100.</param>
    public static double Of(IReadOnlyCollection<double> values, int percent) =>
        values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(values.Count * percent / 100.0) - 1));
}
