using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>A range in which a figure lies, were the table drawn anew, 95 times of 100.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a value lies in it.</summary>
    public bool Includes(double value) => Low <= value && value <= High;

    /// <summary>The middle 95 of 100 values.</summary>
    public static Interval Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Interval(sorted[(int)(0.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.975 * (sorted.Length - 1))]);
    }
}

/// <summary>What a router reached.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Curve">What it costs and gives.</param>
/// <param name="Apgr">The interval of its APGR.</param>
internal sealed record RoutedRun(string Name, RouteCurve Curve, Interval Apgr);

/// <summary>What routers reached on a table.</summary>
/// <param name="Runs">Random, length, ours and oracle.</param>
/// <param name="Gap">The interval of the distance in quality of the two models.</param>
/// <param name="OursOverLength">The interval of what the APGR of ours is above that of length.</param>
internal sealed record RouteComparison(ImmutableArray<RoutedRun> Runs, Interval Gap, Interval OursOverLength)
{
    /// <summary>Our router.</summary>
    public RoutedRun Ours => Runs[2];

    /// <summary>What can be said of ours, and no more.</summary>
    public IEnumerable<string> Statements()
    {
        if (Gap.Low <= 0)
        {
            yield return "The table does not show that one model is better than the other: what is recovered of such a gap says nothing.";
        }

        yield return Ours.Apgr switch
        {
            { Low: > RouteBenchmark.RandomApgr } => "Ours recovers more than random calls do.",
            { High: < RouteBenchmark.RandomApgr } => "Ours recovers less than random calls do: its signals mislead on this table.",
            _ => "Ours is not shown to be better than random calls: the interval of its APGR includes random's 0.5.",
        };
        yield return OursOverLength switch
        {
            { Low: > 0 } => "It recovers more than the length of the prompt does.",
            { High: < 0 } => "It recovers less than the length of the prompt does.",
            _ => "It is not shown to be better, or worse, than the length of the prompt.",
        };
    }
}

/// <summary>Compares routers on a table: ours, by the length of the prompt, random, and one that knows the outcomes.</summary>
/// <param name="table">The table.</param>
/// <param name="seed">Draws folds and samples.</param>
internal sealed class RouteBenchmark(OutcomeTable table, int seed)
{
    /// <summary>What random calls recover on average, on any table.</summary>
    public const double RandomApgr = 0.5;

    private const int Samples = 1_000;

    private readonly double[] _gains = [.. table.Rows.Select(row => row.Gain)];

    /// <summary>Compares them.</summary>
    public RouteComparison Run(CancellationToken cancellationToken = default)
    {
        var ours = RouteCurve.OrderOf(new PromptRouter(table, seed).Score(cancellationToken));
        var length = RouteCurve.OrderOf([.. table.Rows.Select(row => (double)row.Prompt.Length)]);
        var oracle = RouteCurve.OrderOf(_gains);
        ImmutableArray<int[]> random = [[.. Enumerable.Range(0, _gains.Length)]];

        var samples = new (double Gap, double Length, double Ours, double Oracle)[Samples];
        Parallel.For(0, Samples, new ParallelOptions { CancellationToken = cancellationToken }, sample =>
        {
            var weights = Resample(seed + sample);
            samples[sample] = (
                weights.Select((weight, row) => weight * _gains[row]).Sum() / _gains.Length,
                RouteCurve.Of(length, _gains, weights).Apgr,
                RouteCurve.Of(ours, _gains, weights).Apgr,
                RouteCurve.Of(oracle, _gains, weights).Apgr);
        });

        // Where a sample has no gap there is nothing to recover.
        var valid = samples.Where(sample => sample.Gap > 0).ToList();
        return new RouteComparison(
            [
                new RoutedRun("random", RouteCurve.Of(random, _gains), OfSingleOrders()),
                new RoutedRun("length", RouteCurve.Of(length, _gains), Interval.Of([.. valid.Select(sample => sample.Length)])),
                new RoutedRun("ours", RouteCurve.Of(ours, _gains), Interval.Of([.. valid.Select(sample => sample.Ours)])),
                new RoutedRun("oracle", RouteCurve.Of(oracle, _gains), Interval.Of([.. valid.Select(sample => sample.Oracle)])),
            ],
            Interval.Of([.. samples.Select(sample => sample.Gap)]),
            Interval.Of([.. valid.Select(sample => sample.Ours - sample.Length)]));
    }

    private int[] Resample(int draw)
    {
        var random = new Random(draw);
        var weights = new int[_gains.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[random.Next(weights.Length)]++;
        }

        return weights;
    }

    // Random calls in one order or another: what any router reaches by luck.
    private Interval OfSingleOrders()
    {
        var values = new double[Samples];
        Parallel.For(0, Samples, sample =>
        {
            var rows = Enumerable.Range(0, _gains.Length).ToArray();
            new Random(seed + sample).Shuffle(rows);
            values[sample] = RouteCurve.Of([.. rows.Select(row => new[] { row })], _gains).Apgr;
        });
        return Interval.Of(values);
    }
}
