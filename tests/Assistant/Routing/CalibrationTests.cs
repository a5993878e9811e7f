using System.Collections.Immutable;
using PersonalAi.Assistant.Routing;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Routing;

public sealed class CalibrationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_curve_is_found_again_in_what_was_drawn_from_it()
    {
        var drawn = Draw(5_000, margin => 1 / (1 + Math.Exp(2 - (6 * margin))));

        var fitted = RouteCalibration.Fit(drawn);

        Assert.Equal(-2, fitted.Intercept, 0.2);
        Assert.Equal(6, fitted.Slope, 0.4);
        Assert.Equal((drawn.Count(answer => answer.IsGood), drawn.Count(answer => !answer.IsGood)), (fitted.Good, fitted.Bad));
    }

    [Fact]
    public void Margins_that_part_good_from_bad_altogether_make_no_endless_slope()
    {
        RatedMargin[] answers = [.. Enumerable.Range(0, 10).SelectMany(_ => new RatedMargin[] { new(0.8, true), new(0.2, false) })];

        var fitted = RouteCalibration.Fit(answers);

        Assert.InRange(fitted.ProbabilityOf(0.8), 0.85, 0.99);
        Assert.InRange(fitted.ProbabilityOf(0.2), 0.01, 0.15);
    }

    [Fact]
    public void Margins_that_are_all_the_same_tell_the_share_of_good_ones()
    {
        RatedMargin[] answers = [.. Enumerable.Range(0, 20).Select(number => new RatedMargin(0.5, number < 15))];

        Assert.Equal(0.75, RouteCalibration.Fit(answers).ProbabilityOf(0.5), 0.001);
    }

    [Fact]
    public void Of_too_few_thumbs_nothing_is_told()
    {
        var study = CalibrationStudy.Of([.. Draw(40, _ => 1), new(0.1, false)], Now);

        Assert.Equal((40, 1, null, null), (study.Good, study.Bad, study.Brier, study.Calibration));
        Assert.Equal("Nothing is calibrated: 40 good and 1 bad answers are rated, and at least 10 of each are needed; rate answers with /good and /bad.", study.Statement);
    }

    [Fact]
    public void Margins_that_tell_nothing_are_not_calibrated()
    {
        var study = CalibrationStudy.Of(Draw(200, _ => 0.6), Now);

        Assert.Null(study.Calibration);
        Assert.True(study.Brier >= study.BaseBrier);
        Assert.Equal("Nothing is calibrated: the margins do not tell your good answers from the bad ones better than their mere share does.", study.Statement);
    }

    [Fact]
    public void Margins_that_mislead_are_not_calibrated() => Assert.Null(CalibrationStudy.Of(Draw(300, margin => 1 - margin), Now).Calibration);

    [Fact]
    public void Margins_that_tell_something_are_calibrated_with_a_threshold()
    {
        var study = CalibrationStudy.Of(Draw(300, margin => margin < 0.5 ? 0.1 : 0.9), Now);

        Assert.Equal("The margins tell your good answers from the bad ones, and are calibrated.", study.Statement);
        Assert.True(study.Brier < study.BaseBrier);
        Assert.InRange(study.CalibrationError!.Value, 0, 0.15);
        Assert.InRange(study.BadFound!.Value, 0.8, 1);
        Assert.InRange(study.GoodFlagged!.Value, 0, 0.2);
        Assert.InRange(study.Calibration!.Threshold, 0.3, 0.7);
        Assert.Equal(Now, study.Calibration.FittedAt);
        Assert.Equal(study, CalibrationStudy.Of(Draw(300, margin => margin < 0.5 ? 0.1 : 0.9), Now));
    }

    [Fact]
    public async Task What_was_calibrated_is_read_back()
    {
        using var folder = new ScratchFolder();
        var file = new RouteCalibrationFile(folder["data/route.json"]);
        var models = ImmutableSortedDictionary<string, RouteCalibration>.Empty.Add("starter", new(-1.5, 4.25, 0.4, 12, 11) { FittedAt = Now });

        Assert.Empty(file.Read());
        await file.WriteAsync(models, TestContext.Current.CancellationToken);

        Assert.Equal(models, file.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":2,"models":{"starter":{"intercept":0,"slope":1,"threshold":0.5,"good":10,"bad":10}}}""")]
    public void A_file_of_another_form_counts_as_none(string text)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["route.json"], text);

        Assert.Empty(new RouteCalibrationFile(folder["route.json"]).Read());
    }

    private static List<RatedMargin> Draw(int count, Func<double, double> goodness)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble()).Select(margin => new RatedMargin(margin, random.NextDouble() < goodness(margin)))];
    }
}
