using System.CommandLine;
using System.Globalization;
using PersonalAi.Assistant.Bench.Routing;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Measures how well a router tells, from prompts alone, which of them are worth a dear model.</summary>
internal sealed class BenchRouteCommand : PaiCommand
{
    private const int Points = 100;

    private readonly Option<string> _data = new("--data") { Description = "Table of outcomes: prompt, then True or False for a weak and a strong model (CSV, gzip or not)", HelpName = "FILE", Required = true };

    private readonly Option<int> _seed = new("--seed") { Description = "Draws folds and samples; the same seed gives the same figures", HelpName = "N", DefaultValueFactory = _ => 1 };

    private readonly JsonOption _json = new();

    public BenchRouteCommand()
        : base(
            "route",
            "Measure how well prompts tell which of them are worth a better model: quality against calls, without any model.",
            "pai bench route --data gsm8k_responses.csv.gz",
            "pai bench route --data gsm8k_responses.csv.gz --json")
    {
        Add(_data);
        Add(_seed);
        Add(_json);
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var (file, seed) = (arguments.GetRequiredValue(_data), arguments.GetValue(_seed));
        var table = OutcomeFile.Read(file);
        var comparison = new RouteBenchmark(table, seed).Run(cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(Json(file, seed, table, comparison));
        }
        else
        {
            Write(pai.Console.Output, table, comparison);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static object Json(string file, int seed, OutcomeTable table, RouteComparison comparison) => new
    {
        file = Path.GetFullPath(file),
        seed,
        rows = table.Rows.Length,
        weak = new { name = table.Weak, quality = Round(table.WeakQuality) },
        strong = new { name = table.Strong, quality = Round(table.StrongQuality) },
        swapped = table.IsSwapped,
        gap = Round(table.StrongQuality - table.WeakQuality),
        gap_interval = Ends(comparison.Gap),
        routers = comparison.Runs.Select(run => new
        {
            name = run.Name,
            apgr = Round(run.Curve.Apgr),
            apgr_interval = Ends(run.Apgr),
            cpt_50 = Round(run.Curve.Cpt(0.5)),
            cpt_80 = Round(run.Curve.Cpt(0.8)),
            points = Enumerable.Range(0, Points + 1).Select(point => (double)point / Points).Select(share => new
            {
                share,
                quality = Round(QualityAt(table, run, share)),
                pgr = Round(run.Curve.PgrAt(share)),
            }),
        }),
        ours_over_random = Round(comparison.Ours.Curve.Apgr - RouteBenchmark.RandomApgr),
        ours_over_length = Round(comparison.Ours.Curve.Apgr - comparison.Runs[1].Curve.Apgr),
        ours_over_length_interval = Ends(comparison.OursOverLength),
        beats_random = comparison.Ours.Apgr.Low > RouteBenchmark.RandomApgr,
        statements = comparison.Statements(),
    };

    private static void Write(TextWriter output, OutcomeTable table, RouteComparison comparison)
    {
        output.WriteLine(Say($"{table.Rows.Length} prompts: {Shown(table.Weak)} is right with {100 * table.WeakQuality:0.0} %, {Shown(table.Strong)} with {100 * table.StrongQuality:0.0} %."));
        if (table.IsSwapped)
        {
            output.WriteLine("The table names the better model first; it counts as the strong one all the same.");
        }

        output.WriteLine();
        foreach (var line in new RouteChart(table, comparison).Lines())
        {
            output.WriteLine(TerminalText.Sanitize(line));
        }

        output.WriteLine();
        output.WriteTable(
        [
            ["ROUTER", "APGR", "95 % INTERVAL", "CPT(50 %)", "CPT(80 %)", "RIGHT AT 20 %", "AT 50 %"],
            .. comparison.Runs.Select(run => Row(table, run)),
        ]);
        output.WriteLine();
        foreach (var statement in comparison.Statements())
        {
            output.WriteLine(statement);
        }
    }

    private static string[] Row(OutcomeTable table, RoutedRun run) =>
    [
        run.Name,
        Say($"{run.Curve.Apgr:0.000}"),
        Say($"{run.Apgr.Low:0.000} to {run.Apgr.High:0.000}"),
        Say($"{100 * run.Curve.Cpt(0.5):0} %"),
        Say($"{100 * run.Curve.Cpt(0.8):0} %"),
        Say($"{100 * QualityAt(table, run, 0.2):0.0} %"),
        Say($"{100 * QualityAt(table, run, 0.5):0.0} %"),
    ];

    private static double QualityAt(OutcomeTable table, RoutedRun run, double share) =>
        table.WeakQuality + ((table.StrongQuality - table.WeakQuality) * run.Curve.PgrAt(share));

    private static string Shown(string model) => TerminalText.OneLine(model);

    private static double[] Ends(Interval interval) => [Round(interval.Low), Round(interval.High)];

    private static double Round(double value) => Math.Round(value, 4);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
