using System.CommandLine;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Engines;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models.Download;
using PersonalAi.Assistant.Cli.Config;
using PersonalAi.Assistant.Cli.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>Lets models run on another engine from now on; installs it first where it is not here, and asks before it does.</summary>
internal sealed class EngineUseCommand : PaiCommand
{
    private readonly EngineBackendName _backend = new();

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A package that is on this machine, or a folder with such packages [default: the registry of the setting engine.registry]",
        HelpName = "FOLDER|FILE.tgz",
    };

    private readonly YesOption _yes = new();
    private readonly AllowHostOption _hosts;

    public EngineUseCommand() : base("use", "Let models run on an engine from now on; what is not here is installed, after you agreed to host and size.",
        "pai engine use vulkan                        # asks first; goes on where it was interrupted",
        "pai engine use cuda --from ~/Downloads       # packages fetched with 'npm pack'",
        "pai engine use cpu                           # the one that came with pai again")
    {
        _hosts = new AllowHostOption(_yes);
        Add(_backend);
        Add(_from);
        Add(_yes);
        Add(_hosts);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var build = _backend.Get(arguments);
        if (!build.Bundled)
        {
            if (!pai.Engines.Has(build))
            {
                await InstallAsync(pai, arguments, build, cancellationToken);
            }

            await TryAsync(pai, build);
        }

        await ConfigSetCommand.SetAsync(pai, Settings.Find("engine.backend"), build.Backend.ToJsonName(), cancellationToken);
        if (await pai.Engine.StopAsync(cancellationToken))
        {
            await pai.Console.Error.WriteLineAsync("The engine process has ended; the next question starts it anew.");
        }

        return ExitCode.Done;
    }

    private async Task InstallAsync(Composition pai, ParseResult arguments, EngineBuild build, CancellationToken cancellationToken)
    {
        var source = EngineSource.Of(build, arguments.GetValue(_from), await RegistryAsync(pai, arguments, cancellationToken));
        pai.Console.Error.WriteTable(
        [
            .. build.Packages.Select(package => new[] { "package", $"{package.Name} {build.Version}" }),
            ["from", source.Host ?? Path.GetDirectoryName(source.Addresses[0].LocalPath)!],
            ["size", $"{Quantity.Bytes(build.Bytes)}, {Quantity.Bytes(build.InstalledBytes)} once it is unpacked"],
            ["into", pai.Engines.FolderOf(build)],
        ]);
        var name = build.Backend.ToJsonName();
        await _yes.RequireAsync(
            pai, arguments, source.Host is { } host ? $"fetch {Quantity.Bytes(build.Bytes)} from '{host}' and install the engine '{name}'" : $"install the engine '{name}'", cancellationToken);

        var consent = new EgressConsent(EgressPurpose.EngineDownload, "pai engine use");
        if (source.Host is not null)
        {
            consent.Allow(source.Host);
        }

        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        using var client = pai.Egress.CreateClient(consent);
        var rules = new DownloadRules
        {
            AllowRedirectAsync = (target, token) =>
            {
                progress.Pause();
                return _hosts.RequireAsync(pai, arguments, consent, target, token);
            },
            AllowBytesAsync = (_, _) => Task.CompletedTask,
        };
        await new EngineInstaller(pai.Engines, client, pai.Time, rules).InstallAsync(build, source.Addresses, progress, cancellationToken);
    }

    private async Task<string> RegistryAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken) =>
        pai.Configuration.Options.Engine.Registry is var registry && (registry != "auto" || arguments.GetValue(_from) is not null)
            ? registry
            : await NpmRegistry.AskAsync(cancellationToken);

    // An engine that cannot be loaded, or finds no GPU, is not chosen: every question would come with a warning.
    private static async Task TryAsync(Composition pai, EngineBuild build)
    {
        var library = LlamaLibrary.Load(pai.Engines.FolderOf(build), pai.Logging.CreateLogger<LlamaLibrary>(), EnginePlace.Bundled.Folder);
        if (library.Complaint is { } complaint)
        {
            throw new ModelException(
                ModelError.EngineMissing,
                $"{complaint.TrimEnd('.')}, so it is installed but not used: install the driver of your GPU{Requirement(build)}, then 'pai engine use {build.Backend.ToJsonName()}' again.");
        }

        foreach (var device in library.Devices)
        {
            await pai.Console.Error.WriteLineAsync(EngineListCommand.Describe(device));
        }
    }

    private static string Requirement(EngineBuild build) => build.Backend switch
    {
        EngineBackend.Cuda => " and the CUDA runtime 12 or 13 (libcudart, libcublas)",
        EngineBackend.Vulkan => " and the Vulkan loader (libvulkan)",
        _ => "",
    };
}
