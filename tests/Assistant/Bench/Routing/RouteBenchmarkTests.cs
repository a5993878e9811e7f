using PersonalAi.Assistant.Bench.Routing;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench.Routing;

public sealed class RouteBenchmarkTests
{
    private static readonly string[] Nouns = ["bread", "ferries", "lamps", "bees", "boats", "stones", "letters", "apples"];

    [Fact]
    public void What_prompts_tell_is_found()
    {
        // Long sums are what the weak model cannot do.
        var comparison = Run(Table(400, (random, number) => number % 2 == 0
            ? ($"Add {random.Next(9)}, {random.Next(999)}, {random.Next(9999)} and {random.Next(99)} {Noun(random)}.", random.NextDouble() < 0.2, true)
            : ($"Tell me of {Noun(random)} and {Noun(random)}, if you will, at some greater length.", random.NextDouble() < 0.9, true)));

        Assert.True(comparison.Ours.Apgr.Low > 0.65, $"{comparison.Ours.Apgr}");
        Assert.Equal(["Ours recovers more than random calls do.", "It recovers more than the length of the prompt does."], comparison.Statements());
    }

    [Fact]
    public void Where_prompts_tell_nothing_nothing_is_claimed()
    {
        var comparison = Run(Table(400, (random, _) => ($"Tell me of {Noun(random)} and {random.Next(50)} {Noun(random)}.", random.NextDouble() < 0.4, random.NextDouble() < 0.8)));

        Assert.True(comparison.Ours.Apgr.Includes(RouteBenchmark.RandomApgr));
        Assert.Contains("Ours is not shown to be better than random calls: the interval of its APGR includes random's 0.5.", comparison.Statements());
    }

    [Fact]
    public void A_prompt_is_never_scored_by_what_was_learnt_from_it()
    {
        // Every prompt stands here four times with the same outcome, and no two have a word in common: who saw one would know the others.
        var random = new Random(9);
        var outcomes = Enumerable.Range(0, 100).Select(number => (Prompt: string.Concat($"{number:000}".Select(digit => (char)('a' + digit - '0'))), Gains: random.NextDouble() < 0.5));
        var table = new OutcomeTable("weak", "strong", [.. outcomes.SelectMany(outcome => Enumerable.Repeat(new Outcome(outcome.Prompt, outcome.Gains ? 0 : 1, 1), 4))]);

        Assert.InRange(Run(table).Ours.Curve.Apgr, 0.35, 0.6);
    }

    [Fact]
    public void The_oracle_is_above_all_and_random_calls_straight()
    {
        var comparison = Run(Table(300, (random, _) => ($"Tell me of {Noun(random)}.", random.NextDouble() < 0.4, random.NextDouble() < 0.8)));

        Assert.Equal(["random", "length", "ours", "oracle"], comparison.Runs.Select(run => run.Name));
        Assert.Equal(0.5, comparison.Runs[0].Curve.Apgr, 1e-12);
        Assert.All(comparison.Runs, run => Assert.True(run.Curve.Apgr <= comparison.Runs[3].Curve.Apgr));
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures()
    {
        var table = Table(200, (random, _) => ($"Tell me of {Noun(random)} and {random.Next(50)}.", random.NextDouble() < 0.4, random.NextDouble() < 0.8));

        var (first, second) = (Run(table), Run(table));

        Assert.Equal(first.Runs.Select(run => (run.Curve.Apgr, run.Apgr)), second.Runs.Select(run => (run.Curve.Apgr, run.Apgr)));
        Assert.Equal((first.Gap, first.OursOverLength), (second.Gap, second.OursOverLength));
    }

    [Fact]
    public void The_chart_shows_all_four()
    {
        var table = Table(200, (random, number) => (new string('x', number % 50), number % 3 == 0, number % 7 != 0));
        double[] gains = [.. table.Rows.Select(row => row.Gain)];
        RoutedRun Of(string name, Func<int, double> score) => new(name, RouteCurve.Of(RouteCurve.OrderOf([.. Enumerable.Range(0, gains.Length).Select(score)]), gains), default);
        var comparison = new RouteComparison([Of("random", _ => 0), Of("length", row => table.Rows[row].Prompt.Length), Of("ours", row => gains[row] + (row % 3)), Of("oracle", row => gains[row])], default, default);

        GoldenFile.Matches("bench-route-chart.txt", string.Join('\n', new RouteChart(table, comparison).Lines()));
    }

    [Fact]
    public void On_real_outcomes_prompts_tell_more_than_chance()
    {
        var table = OutcomeFile.Read(TestData.Path("routing/gsm8k_responses.csv.gz"));

        var comparison = Run(table);

        Assert.Equal((1319, false), (table.Rows.Length, table.IsSwapped));
        Assert.True(comparison.Ours.Apgr.Low > 0.55, $"{comparison.Ours.Apgr}");
    }

    private static RouteComparison Run(OutcomeTable table) => new RouteBenchmark(table, seed: 1).Run(TestContext.Current.CancellationToken);

    private static OutcomeTable Table(int rows, Func<Random, int, (string Prompt, bool Weak, bool Strong)> draw)
    {
        var random = new Random(11);
        return new OutcomeTable("weak", "strong", [.. Enumerable.Range(0, rows).Select(number => draw(random, number)).Select(row => new Outcome(row.Prompt, row.Weak ? 1 : 0, row.Strong ? 1 : 0))]);
    }

    private static string Noun(Random random) => Nouns[random.Next(Nouns.Length)];
}
