using System.Diagnostics;

namespace PersonalAi.Benchmarks.Peers;

/// <summary>llama.cpp's own benchmark.</summary>
/// <param name="program">The executable.</param>
/// <param name="arguments">More arguments of it.</param>
internal sealed class LlamaBench(string program, IReadOnlyList<string> arguments) : IPeer
{
    public string Name => "llama-bench";

    public async Task<SpeedFigures> MeasureAsync(Workload workload, CancellationToken cancellationToken = default)
    {
        // Without a warm-up, as the others: it would evaluate the prompt once more.
        var start = new ProcessStartInfo(program,
        [
            "-m", workload.Model, "-t", $"{workload.Threads}", "-p", $"{workload.Prompt}", "-n", $"{workload.Generated}",
            "-r", "1", "--no-warmup", "-o", "json", .. arguments,
        ]);
        var tests = await PeerProcess.RunAsync(start, cancellationToken);
        return new SpeedFigures(tests[0].GetProperty("avg_ts").GetDouble(), tests[1].GetProperty("avg_ts").GetDouble());
    }
}
