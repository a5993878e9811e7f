using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Cli.Engine;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether llama.cpp is here, fits this program, and found a backend for this processor.</summary>
internal sealed class EngineCheck(Func<LlamaLibrary> library) : HealthCheck("engine", HealthArea.Model)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var engine = library();
        var bytes = Directory.EnumerateFiles(engine.Folder).Sum(file => new FileInfo(file).Length);
        if (engine.Devices.Count == 0)
        {
            return Task.FromResult(Finding.Failure(
                $"llama.cpp {engine.Version} in '{engine.Folder}' has no backend that runs on this processor.", "Build the project again on this machine.") with { Bytes = bytes });
        }

        if (engine.Complaint is { } complaint)
        {
            return Task.FromResult(Finding.Warning(
                $"{complaint.TrimEnd('.')}; until then, the processor computes.", "Install it or the driver of your GPU, or take the engine that came with pai: 'pai engine use cpu'.") with { Bytes = bytes });
        }

        // Loading it has compared its version and the layout of its structs with what this program was written for.
        var backend = engine.CpuBackend ?? "a backend that the system does not name";
        return Task.FromResult(Finding.Ok(
            $"llama.cpp {engine.Version} fits this program, version and struct layouts compared; {backend} computes on {string.Join(", ", engine.Devices.Select(Describe))}"
            + $" ({Features(engine.SystemDescription)}).") with { Bytes = bytes });
    }

    private static string Describe(LlamaDevice device) => device.Kind is LlamaDeviceKind.Processor or LlamaDeviceKind.Accelerator
        ? device.Description
        : EngineListCommand.Describe(device);

    // "CPU : SSE3 = 1 | SSSE3 = 1 | ... | REPACK = 1 |": what is there is of interest, not that it is 1.
    private static string Features(string description) => string.Join(' ', description
        .Split('|', ':')
        .Select(part => part.Split('='))
        .Where(pair => pair is [_, var value] && value.Trim() != "0")
        .Select(pair => pair[0].Trim()));
}
