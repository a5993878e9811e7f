using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Benchmarks.Soak;

/// <summary>Works an engine hard for some minutes, and fails if it leaks or gets stuck.</summary>
internal sealed class SoakCommand : Command
{
    private readonly Option<FileInfo> _model = new("--model") { Description = "A small GGUF file that you trust", Required = true };

    private readonly Option<double> _minutes = new("--minutes") { Description = "How long", DefaultValueFactory = _ => 5 };

    private readonly Option<int> _seed = new("--seed") { Description = "Other seeds do other things", DefaultValueFactory = _ => 1 };

    public SoakCommand() : base("soak", "Work the engine hard: requests of all kinds that end in all ways, and look for what they leave behind.")
    {
        Add(_model.AcceptExistingOnly());
        Add(_minutes);
        Add(_seed);
        SetAction((arguments, cancellationToken) => RunAsync(arguments, cancellationToken));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var library = LlamaLibrary.Load(Path.Combine(AppContext.BaseDirectory, "engine"), NullLogger<LlamaLibrary>.Instance);
        using var model = LlamaModel.Load(library, arguments.GetRequiredValue(_model).FullName, cancellationToken: cancellationToken);
        var snapshots = Directory.CreateTempSubdirectory("pai-soak-");
        try
        {
            var soak = new SoakRun(model, snapshots.FullName, arguments.GetValue(_seed));
            var report = await soak.RunAsync(TimeSpan.FromMinutes(arguments.GetValue(_minutes)), cancellationToken);
            Write(report);
            return report.Fault is null ? 0 : 1;
        }
        finally
        {
            snapshots.Delete(recursive: true);
        }
    }

    private static void Write(SoakReport report)
    {
        Console.Out.WriteTable([["", "AT A QUARTER", "AT THE END"], .. report.Table()]);
        var ends = report.Counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}");
        Console.Out.WriteLine($"{report.Counts.Values.Sum()} requests: {string.Join(", ", ends)}");
        Console.Out.WriteLine(report.Fault ?? "Nothing was left behind.");
    }
}
