using System.Diagnostics;

namespace PersonalAi.Benchmarks.Peers;

/// <summary>node-llama-cpp, which wraps the same libraries for JavaScript.</summary>
/// <param name="folder">Where it is installed.</param>
internal sealed class NodeLlamaCpp(string folder) : IPeer
{
    private const string Script = "node-llama-cpp.mjs";

    public string Name => "node-llama-cpp";

    public async Task<SpeedFigures> MeasureAsync(Workload workload, CancellationToken cancellationToken = default)
    {
        // A script finds the packages of the folder it lies in.
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Peers", Script), Path.Combine(folder, Script), overwrite: true);
        var start = new ProcessStartInfo("node",
            [Path.Combine(folder, Script), workload.Model, $"{workload.Threads}", $"{workload.Prompt}", $"{workload.Generated}"]);
        var json = await PeerProcess.RunAsync(start, cancellationToken);
        return new SpeedFigures(json.GetProperty("prompt_tokens_per_second").GetDouble(), json.GetProperty("tokens_per_second").GetDouble());
    }
}
