using System.Globalization;

namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>Draws quality against cost with characters, the same on a terminal and in a pipe.</summary>
/// <param name="table">Whose qualities they are.</param>
/// <param name="comparison">The routers.</param>
internal sealed class RouteChart(OutcomeTable table, RouteComparison comparison)
{
    private const int Width = 60;
    private const int Height = 16;

    // Drawn one over the other, the most telling last.
    private static readonly (string Name, char Mark)[] Marks = [("random", '.'), ("length", '-'), ("oracle", 'o'), ("ours", '*')];

    /// <summary>The lines.</summary>
    public IEnumerable<string> Lines()
    {
        var (weak, strong) = (table.WeakQuality, table.StrongQuality);
        var columns = Marks.Select(mark => (mark.Mark, Curve: comparison.Runs.Single(run => run.Name == mark.Name).Curve))
            .Select(run => (run.Mark, Qualities: Enumerable.Range(0, Width + 1).Select(column => weak + ((strong - weak) * run.Curve.PgrAt((double)column / Width))).ToArray()))
            .ToList();
        var (low, high) = (columns.Min(run => run.Qualities.Min()), columns.Max(run => run.Qualities.Max()));
        var cells = Enumerable.Range(0, Height + 1).Select(_ => Enumerable.Repeat(' ', Width + 1).ToArray()).ToArray();
        foreach (var (mark, qualities) in columns)
        {
            for (var column = 0; column <= Width; column++)
            {
                cells[(int)Math.Round((qualities[column] - low) / (high - low) * Height)][column] = mark;
            }
        }

        yield return "right";
        for (var row = Height; row >= 0; row--)
        {
            yield return $"{(row % 4 == 0 ? Percent(low + ((high - low) * row / Height)) : ""),7} |{new string(cells[row]).TrimEnd()}";
        }

        yield return $"{"",7} +{new string('-', Width + 1)}";
        yield return $"{"",8} 0 %{"",25}50 %{"",24}100 %  of the calls go to {table.Strong}";
        yield return $"{"",8} {string.Join("   ", Marks.Select(mark => $"{mark.Mark} {mark.Name}"))}";
    }

    private static string Percent(double share) => (100 * share).ToString("0.0 '%'", CultureInfo.InvariantCulture);
}
