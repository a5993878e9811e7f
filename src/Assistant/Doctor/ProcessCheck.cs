using PersonalAi.Adapters.Host;
using PersonalAi.Assistant.Cli.Engine;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the engine process runs, and what it has loaded; it is started by the first question.</summary>
internal sealed class ProcessCheck(Func<EngineClient> engine, TimeProvider time) : HealthCheck("process", HealthArea.Model)
{
    protected override async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var client = engine();
        return await client.StatusAsync(cancellationToken) is { } status
            ? Finding.Ok(EngineStatusCommand.Describe(status, time)) with { Bytes = status.WorkingSetBytes }
            : Finding.Ok($"The engine process does not run; the next question starts it in '{client.Address.Folder}'.");
    }
}
