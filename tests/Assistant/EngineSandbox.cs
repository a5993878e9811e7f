using System.Diagnostics;
using PersonalAi.Adapters.Host;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Tests.Assistant;

/// <summary>A sandbox whose models are loaded by a real engine process, which ends with it.</summary>
internal sealed class EngineSandbox : IAsyncDisposable
{
    private EngineSandbox(PaiSandbox pai)
    {
        Pai = pai;
        pai.Environment.Remove("PAI_ENGINE_IN_PROCESS");
        Engine = ClientOf(pai.Run);
    }

    public PaiSandbox Pai { get; }

    /// <summary>Talks with the same engine process as pai does.</summary>
    public EngineClient Engine { get; }

    public static EngineSandbox WithStories() => new(PaiSandbox.WithStories());

    public static EngineSandbox WithStarter() => new(PaiSandbox.WithStarter());

    /// <summary>A client of the engine process of a run folder.</summary>
    public static EngineClient ClientOf(string folder, Func<EngineLaunch, EngineLaunch>? change = null)
    {
        var engine = Path.Combine(AppContext.BaseDirectory, "engine");
        var address = EngineSetup.Address(engine, name => name == "PAI_RUN" ? folder : null);
        return new EngineClient(address, () => (change ?? (launch => launch))(EngineSetup.Launch(address, EnginePlace.Bundled)));
    }

    /// <summary>The engine process.</summary>
    public async Task<Process> ProcessAsync() => Process.GetProcessById((await Engine.StatusAsync())!.ProcessId);

    public async ValueTask DisposeAsync()
    {
        if (await Engine.StatusAsync() is { } status)
        {
            using var process = Process.GetProcessById(status.ProcessId);
            await Engine.StopAsync();
            await process.WaitForExitAsync();
        }

        Pai.Dispose();
    }
}
