using System.CommandLine;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Engines;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>Lists the builds of llama.cpp that there are for this platform, and which of them is used.</summary>
internal sealed class EngineListCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public EngineListCommand() : base("list", "List the engines for this platform: what they compute on, which is installed, which is used, and its devices.",
        "pai engine list",
        "pai engine list --json | jq '.[] | select(.used).devices'") => Add(_json);

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var library = Load(pai);
        var engines = EngineBuilds.Here.Select(build => new ListedEngine(build, pai.Engines.FolderOf(build), pai.Engines.Has(build), library)).ToList();
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(engines.Select(Json));
            return ExitCode.Done;
        }

        pai.Console.Output.WriteTable(
        [
            ["ENGINE", "PACKAGE", "SIZE", "STATE"],
            .. engines.Select(engine => new[]
            {
                engine.Name, string.Join(" + ", engine.Build.Packages.Select(package => package.Name)), Quantity.Bytes(engine.Build.Bytes), engine.State,
            }),
        ]);
        await WriteDevicesAsync(pai, library);
        return ExitCode.Done;
    }

    /// <summary>A device, in a few words.</summary>
    public static string Describe(LlamaDevice device)
    {
        var memory = device.ReadMemory();
        return device.Kind == LlamaDeviceKind.Processor
            ? $"{device.Name}: {device.Description}"
            : $"{device.Name}: {device.Description}, {Quantity.Bytes(memory.Free)} of {Quantity.Bytes(memory.Total)} free";
    }

    // What is not there can be listed all the same.
    private static LlamaLibrary? Load(Composition pai)
    {
        try
        {
            return pai.Library;
        }
        catch (ModelException e) when (e.Error == ModelError.EngineMissing)
        {
            return null;
        }
    }

    private static async Task WriteDevicesAsync(Composition pai, LlamaLibrary? library)
    {
        await pai.Console.Output.WriteLineAsync();
        await pai.Console.Output.WriteLineAsync(library is null ? "No engine could be loaded; 'pai doctor' says why." : "It computes on:");
        foreach (var device in library?.Devices ?? [])
        {
            await pai.Console.Output.WriteLineAsync($"  {Describe(device)}");
        }

        if (library?.Complaint is { } complaint)
        {
            await pai.Console.Error.WriteLineAsync($"pai: {complaint}");
        }
    }

    private static object Json(ListedEngine engine) => new
    {
        Id = engine.Name,
        engine.Build.Platform,
        engine.Build.Version,
        Packages = engine.Build.Packages,
        engine.Build.Bytes,
        engine.Build.InstalledBytes,
        engine.Build.Bundled,
        engine.Installed,
        engine.Used,
        Devices = engine.Devices?.Select(device => (device, memory: device.ReadMemory())).Select(found => new
        {
            Id = found.device.Name,
            found.device.Description,
            Kind = found.device.Kind.ToJsonName(),
            TotalBytes = found.memory.Total,
            FreeBytes = found.memory.Free,
        }),
    };

    /// <summary>An engine and how it stands with it; only the one that is used can be asked for its devices.</summary>
    private sealed class ListedEngine(EngineBuild build, string folder, bool unpacked, LlamaLibrary? library)
    {
        public EngineBuild Build => build;

        public string Name => build.Backend.ToJsonName();

        public bool Installed => build.Bundled || unpacked;

        public bool Used { get; } = library is not null
            && Path.GetFullPath(library.Folder).StartsWith(Path.GetFullPath(build.Bundled ? EnginePlace.Bundled.Folder : folder), StringComparison.Ordinal);

        public string State => Used ? "used" : build.Bundled ? "bundled" : unpacked ? "installed" : "";

        public IReadOnlyList<LlamaDevice>? Devices => Used ? library!.Devices : null;
    }
}
