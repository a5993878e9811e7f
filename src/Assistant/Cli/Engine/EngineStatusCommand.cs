using System.CommandLine;
using PersonalAi.Adapters.Host;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>Shows the engine process and what it has loaded.</summary>
internal sealed class EngineStatusCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public EngineStatusCommand() : base("status", "Show whether the engine process runs, what it has loaded, and where it lives.",
        "pai engine status",
        "pai engine status --json | jq '.models[].path'") => Add(_json);

    /// <summary>Prints it.</summary>
    public static async Task<ExitCode> WriteAsync(Composition pai, bool json, CancellationToken cancellationToken)
    {
        var status = await pai.Engine.StatusAsync(cancellationToken);
        if (json)
        {
            pai.Console.Output.WriteJson(Json(pai.Engine.Address, status));
        }
        else
        {
            Write(pai.Console.Output, status, pai);
        }

        return ExitCode.Done;
    }

    /// <summary>An engine process, in a sentence.</summary>
    public static string Describe(EngineStatus status, TimeProvider time) =>
        $"The engine process {status.ProcessId} runs since {time.Describe(status.StartedAt)} with {status.Models.Count} {(status.Models.Count == 1 ? "model" : "models")} "
        + $"and {Quantity.Bytes(status.WorkingSetBytes)} of memory, mapped weights included.";

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        WriteAsync(pai, arguments.GetValue(_json), cancellationToken);

    private static void Write(TextWriter output, EngineStatus? status, Composition pai)
    {
        output.WriteLine(status is null ? $"The engine process does not run; the next question starts it in '{pai.Engine.Address.Folder}'." : Describe(status, pai.Time));
        foreach (var model in status?.Models ?? [])
        {
            output.WriteLine($"  {model.Path}  {Use(model, pai.Time)}");
        }
    }

    private static string Use(LoadedModelStatus model, TimeProvider time) =>
        model.IdleSince is { } since ? $"idle for {(time.GetUtcNow() - since).TotalMinutes:0} min" : $"in use by {model.Users}";

    private static object Json(EngineAddress address, EngineStatus? status) => new
    {
        Id = address.Name,
        Running = status is not null,
        address.Folder,
        address.Log,
        status?.ProcessId,
        status?.StartedAt,
        status?.EngineVersion,
        status?.WorkingSetBytes,
        Models = (status?.Models ?? []).Select(model => new { Id = Path.GetFileNameWithoutExtension(model.Path), model.Path, model.Users, model.IdleSince }),
    };
}
