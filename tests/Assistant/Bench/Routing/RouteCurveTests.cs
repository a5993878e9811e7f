using PersonalAi.Assistant.Bench.Routing;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench.Routing;

public sealed class RouteCurveTests
{
    // Won with two, lost with one, nothing with the rest: a gap of 1.
    private static readonly double[] Gains = [1, 0, 1, 0, -1];

    [Fact]
    public void Calls_in_any_order_recover_half_of_the_gap()
    {
        var curve = RouteCurve.Of(RouteCurve.OrderOf([7, 7, 7, 7, 7]), Gains);

        Assert.Equal((0.5, 0.5, 0.8), (curve.Apgr, curve.Cpt(0.5), curve.Cpt(0.8)));
        Assert.Equal([0, 0.25, 1], new[] { 0, 0.25, 1.0 }.Select(share => Math.Round(curve.PgrAt(share), 12)));
    }

    [Fact]
    public void The_gap_is_recovered_in_the_order_of_the_scores()
    {
        var curve = RouteCurve.Of(RouteCurve.OrderOf([0.9, 0.1, 0.8, 0.5, 0.4]), Gains);

        // Row 0, 2, 3, 4, 1: after each call 1, 2, 2, 1, 1.
        Assert.Equal([0, 1, 2, 2, 1, 1], Enumerable.Range(0, 6).Select(calls => Math.Round(curve.PgrAt(calls / 5.0), 12)));
        Assert.Equal((0.5 + 1.5 + 2 + 1.5 + 1) / 5, curve.Apgr, 1e-12);
        Assert.Equal((0.1, 0.16), (Math.Round(curve.Cpt(0.5), 12), Math.Round(curve.Cpt(0.8), 12)));
    }

    [Fact]
    public void Equal_scores_are_taken_in_any_order()
    {
        var curve = RouteCurve.Of(RouteCurve.OrderOf([1, 1, 1, 1, 0]), Gains);

        Assert.Equal([0, 0.5, 1, 1.5, 2, 1], Enumerable.Range(0, 6).Select(calls => Math.Round(curve.PgrAt(calls / 5.0), 12)));
    }

    [Fact]
    public void Weights_count_a_row_so_often()
    {
        var order = RouteCurve.OrderOf([5.0, 4, 3, 2, 1]);

        var weighted = RouteCurve.Of(order, Gains, [2, 0, 1, 1, 1]);

        // Rows 0, 0, 2, 3, 4: the two that are one row are a straight line.
        Assert.Equal(RouteCurve.Of(RouteCurve.OrderOf([5.0, 5, 3, 2, 1]), [1, 1, 1, 0, -1]).Apgr, weighted.Apgr, 1e-12);
    }

    [Fact]
    public void The_area_is_the_mean_of_the_recovered_gap_over_all_shares()
    {
        var random = new Random(3);
        double[] gains = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.4 ? 1.0 : random.NextDouble() < 0.2 ? -1 : 0)];
        double[] scores = [.. gains.Select(gain => Math.Round(gain + random.NextDouble(), 1))];

        var curve = RouteCurve.Of(RouteCurve.OrderOf(scores), gains);

        Assert.Equal(Enumerable.Range(0, 10_000).Average(point => curve.PgrAt((point + 0.5) / 10_000)), curve.Apgr, 1e-4);
    }
}
