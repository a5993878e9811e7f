using System.Diagnostics;
using System.Text.Json;

namespace PersonalAi.Benchmarks.Peers;

/// <summary>pai as it is published, with settings and a data folder of its own.</summary>
/// <param name="program">The executable.</param>
/// <param name="dataFolder">Keeps between runs that the model was checked.</param>
/// <param name="arguments">More arguments of <c>pai bench</c>.</param>
internal sealed class Pai(string program, string dataFolder, IReadOnlyList<string> arguments) : IPeer
{
    public string Name => "pai";

    public async Task<SpeedFigures> MeasureAsync(Workload workload, CancellationToken cancellationToken = default)
    {
        var json = await RunAsync(workload, [], cancellationToken);
        return new SpeedFigures(json.GetProperty("prompt_tokens_per_second").GetDouble(), json.GetProperty("tokens_per_second").GetDouble());
    }

    /// <summary>What so many clients at once get together, in tokens per second.</summary>
    /// <exception cref="PeerException">It could not be run.</exception>
    public async Task<double> MeasureAsync(Workload workload, int clients, CancellationToken cancellationToken = default)
    {
        var json = await RunAsync(workload, ["--clients", $"{clients}"], cancellationToken);
        return json.GetProperty("tokens_per_second").GetDouble();
    }

    private Task<JsonElement> RunAsync(Workload workload, string[] more, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program,
        [
            "bench", "--json", "--runs", "1", "--model", workload.Model, "--threads", $"{workload.Threads}",
            "--prompt", $"{workload.Prompt}", "--gen", $"{workload.Generated}", .. more, .. arguments,
        ]);
        start.Environment["PAI_DATA"] = dataFolder;
        return PeerProcess.RunAsync(start, cancellationToken);
    }
}
