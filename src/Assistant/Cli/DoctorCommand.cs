using System.CommandLine;
using PersonalAi.Assistant.Doctor;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Says whether the main job can run here, what each part costs, and what to do.</summary>
internal sealed class DoctorCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public DoctorCommand() : base("doctor", "Check engine, models, database, disk, memory and processor; exit code 0 if pai can answer.",
        "pai doctor",
        "pai doctor --json | jq '.checks[] | select(.status != \"ok\")'") => Add(_json);

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var json = arguments.GetValue(_json);
        var reports = new List<HealthReport>();
        foreach (var check in pai.HealthChecks)
        {
            var report = await check.RunAsync(cancellationToken);
            reports.Add(report);
            if (!json)
            {
                Write(pai.Console.Output, report, new Ink(pai.ColourOnOutput));
            }
        }

        var failed = reports.Where(report => report.Finding.Status == HealthStatus.Failure).ToList();
        if (json)
        {
            pai.Console.Output.WriteJson(new { Ok = failed.Count == 0, Checks = reports.Select(Json) });
        }
        else
        {
            WriteVerdict(pai.Console.Output, reports, failed);
        }

        return failed is [{ Check.Area: var area }, ..] ? CodeOf(area) : ExitCode.Done;
    }

    private static ExitCode CodeOf(HealthArea area) => area switch
    {
        HealthArea.Configuration => ExitCode.Usage,
        HealthArea.Storage => ExitCode.StorageFailure,
        _ => ExitCode.ModelFailure,
    };

    private static void Write(TextWriter output, HealthReport report, Ink ink)
    {
        var (status, found, advice) = report.Finding;
        var word = status.ToJsonName().PadRight(7);
        var coloured = status switch
        {
            HealthStatus.Ok => ink.Green(word),
            HealthStatus.Warning => ink.Yellow(word),
            _ => ink.Red(word),
        };
        output.WriteLine($"{coloured}  {report.Check.Id,-13}  {TerminalText.Sanitize(found)} [{report.Time.TotalMilliseconds:0} ms]");
        if (advice is not null)
        {
            output.WriteLine($"{"",24}{advice}");
        }
    }

    private static void WriteVerdict(TextWriter output, List<HealthReport> reports, List<HealthReport> failed)
    {
        var warnings = reports.Count(report => report.Finding.Status == HealthStatus.Warning);
        output.WriteLine();
        output.WriteLine(failed.Count > 0
            ? $"pai cannot answer here until this is mended: {string.Join(", ", failed.Select(report => report.Check.Id))}."
            : warnings > 0 ? $"pai can answer here; {warnings} of the above could be better." : "pai can answer here; everything is as it should be.");
    }

    private static object Json(HealthReport report) => new
    {
        report.Check.Id,
        Status = report.Finding.Status.ToJsonName(),
        report.Finding.Found,
        Cost = new { Ms = Math.Round(report.Time.TotalMilliseconds, 1), report.Finding.Bytes },
        report.Finding.Advice,
    };
}
