using PersonalAi.Assistant.Bench;

namespace PersonalAi.Benchmarks.Peers;

/// <summary>What pai and a peer measured of one thing, in turn.</summary>
/// <param name="What">The figure.</param>
/// <param name="Peer">The peer's name.</param>
/// <param name="Ours">pai's measurements, in tokens per second.</param>
/// <param name="Theirs">The peer's.</param>
internal sealed record Comparison(string What, string Peer, IReadOnlyList<double> Ours, IReadOnlyList<double> Theirs)
{
    public Spread OurSpread { get; } = Spread.Of(Ours);

    public Spread TheirSpread { get; } = Spread.Of(Theirs);

    /// <summary>Above 1 where pai is faster.</summary>
    public double Ratio => Math.Round(OurSpread.Median / TheirSpread.Median, 3);

    /// <summary>Prints a table as docs/performance.md has it.</summary>
    public static void WriteTable(TextWriter output, IEnumerable<Comparison> comparisons)
    {
        output.WriteLine("| what | pai, tokens/s | peer, tokens/s | ratio |");
        output.WriteLine("|---|---|---|---|");
        foreach (var comparison in comparisons)
        {
            output.WriteLine($"| {comparison.What} | {Cell(comparison.OurSpread)} | {comparison.Peer}: {Cell(comparison.TheirSpread)} | {comparison.Ratio:0.00} |");
        }
    }

    private static string Cell(Spread spread) => $"{spread.Median:0.00} ({spread.Lowest:0.00} to {spread.Highest:0.00})";
}
