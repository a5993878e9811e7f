using PersonalAi.Assistant.Bench;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Benchmarks;

/// <summary>Something that was measured.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Values">Every measurement of it, at least one.</param>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Values)
{
    public Spread Spread { get; } = Spread.Of(Values);

    /// <summary>Prints figures as a table, or as JSON with what they were measured of.</summary>
    public static void Write<T>(T of, IReadOnlyCollection<Figure> figures, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteJson(new { of, figures });
            return;
        }

        Console.Out.WriteTable([["FIGURE", "MEDIAN", "UNIT", "LOWEST", "HIGHEST", "RUNS"], .. figures.Select(figure => figure.Row())]);
    }

    private string[] Row() => [Name, $"{Spread.Median:0.00}", Unit, $"{Spread.Lowest:0.00}", $"{Spread.Highest:0.00}", $"{Values.Count}"];
}
