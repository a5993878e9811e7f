using System.CommandLine;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Download;
using PersonalAi.Assistant.Catalogue;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Fetches a model of the catalogue: the one command that reaches the network, and asks before it does.</summary>
internal sealed class ModelsPullCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME[:TAG]")
    {
        Description = $"A model of 'pai models list --available', and its quantisation [default: {ModelCatalogue.UsualTag}]",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A mirror of the hub, the address of a .gguf file, or a folder or file of this machine [default: the catalogue's hub]",
        HelpName = "URL|DIR",
    };

    private readonly LicenceOption _licence = new();
    private readonly YesOption _yes = new();
    private readonly AllowHostOption _hosts;
    private readonly JsonOption _json = new();

    public ModelsPullCommand() : base("pull", "Fetch a model, after you agreed to host, size and licence.",
        "pai models pull llama-2-13b-chat             # asks first; goes on where it was interrupted",
        "pai models pull llama-2-13b-chat:Q5_K_M --from ~/Downloads",
        "pai models pull my-model --from https://example.org/my-model.Q8_0.gguf",
        "pai models pull llama-2-7b-chat --yes --accept-licence 'Llama 2 Community License' --allow-host HOST")
    {
        _hosts = new AllowHostOption(_yes);
        Add(_name);
        Add(_from);
        Add(_licence);
        Add(_yes);
        Add(_hosts);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var plan = PullPlan.Of(pai.Catalogue, arguments.GetRequiredValue(_name), arguments.GetValue(_from));
        var pins = new List<ModelPin>();
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        if (plan.Files.All(file => File.Exists(PathOf(pai, file))))
        {
            foreach (var file in plan.Files)
            {
                pins.Add(await ConfirmAsync(pai, file, progress, cancellationToken));
            }
        }
        else
        {
            await ShowAsync(pai, plan);
            pai.Models.EnsureRoom((plan.Bytes ?? 0) - plan.Files.Sum(file => HaveBytes(pai, file)));
            await _licence.RequireAsync(pai, arguments, plan, cancellationToken);
            await _yes.RequireAsync(pai, arguments, plan.Host is { } host ? $"fetch '{plan.Name}' from '{host}'" : $"copy '{plan.Name}'", cancellationToken);
            await PullAsync(pai, arguments, plan, pins, progress, cancellationToken);
        }

        progress.Pause();
        await ReportAsync(pai, arguments, plan, pins);
        return ExitCode.Done;
    }

    private async Task PullAsync(
        Composition pai, ParseResult arguments, PullPlan plan, List<ModelPin> pins, ModelProgressDisplay progress, CancellationToken cancellationToken)
    {
        var consent = new EgressConsent(EgressPurpose.ModelDownload, "pai models pull");
        if (plan.Host is { } host)
        {
            consent.Allow(host);
        }

        using var client = pai.Egress.CreateClient(consent);
        var pull = new ModelPull(pai.Models, client, pai.Time, Rules(pai, arguments, plan, consent, progress));
        foreach (var file in plan.Files)
        {
            try
            {
                pins.Add(File.Exists(PathOf(pai, file))
                    ? await ConfirmAsync(pai, file, progress, cancellationToken)
                    : await pull.RunAsync(file, progress, cancellationToken));
            }
            catch (OperationCanceledException) when (HaveBytes(pai, file) > 0)
            {
                progress.Pause();
                await pai.Console.Error.WriteLineAsync(
                    $"What came is kept in '{PathOf(pai, file)}.part': the same command goes on from there, and deleting it forgets it.");
                throw;
            }
        }
    }

    private DownloadRules Rules(Composition pai, ParseResult arguments, PullPlan plan, EgressConsent consent, ModelProgressDisplay progress) => new()
    {
        AllowRedirectAsync = (target, token) =>
        {
            progress.Pause();
            return _hosts.RequireAsync(pai, arguments, consent, target, token);
        },
        AllowBytesAsync = async (offer, token) =>
        {
            progress.Pause();
            var elsewhere = offer.Location.Authority == offer.Source.Authority ? "" : $" from '{offer.Location.Authority}'";
            var rest = offer.HaveBytes > 0 ? $", going on at {Quantity.Bytes(offer.HaveBytes)}" : "";
            await pai.Console.Error.WriteLineAsync($"'{offer.FileName}' comes{elsewhere}: {Quantity.Bytes(offer.Bytes)}{rest}.");
            if (plan.Bytes is null)
            {
                // Nobody could say it before.
                await _yes.RequireAsync(pai, arguments, $"fetch {Quantity.Bytes(offer.Bytes - offer.HaveBytes)}", token);
            }
        },
    };

    private static async Task ShowAsync(Composition pai, PullPlan plan)
    {
        var have = plan.Files.Sum(file => HaveBytes(pai, file));
        pai.Console.Error.WriteTable(
        [
            ["model", plan.Name],
            ["from", plan.Host ?? plan.Files[0].Source.LocalPath],
            .. plan.Files.Select(file => new[] { "file", file.FileName }),
            ["size", plan.Bytes is { } bytes ? Quantity.Bytes(bytes) : "not published: the server says it, and you are asked again"],
            ["sha256", plan.Files[0].Sha256 ?? "not published: it is pinned as it comes"],
            ["licence", plan.Licence is { } licence ? $"{licence.Name}, {licence.Text}" : "not known: find out what its publisher allows"],
        ]);
        if (have > 0)
        {
            await pai.Console.Error.WriteLineAsync($"An earlier try left {Quantity.Bytes(have)} of it here.");
        }
    }

    private async Task ReportAsync(Composition pai, ParseResult arguments, PullPlan plan, List<ModelPin> pins)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(plan.Files.Zip(pins, (file, pin) => new
            {
                Id = Path.GetFileNameWithoutExtension(file.FileName),
                Path = PathOf(pai, file),
                pin.Bytes,
                pin.Sha256,
                Source = pin.Source.ToJsonName(),
            }));
            return;
        }

        foreach (var (file, pin) in plan.Files.Zip(pins))
        {
            var trust = pin.Source == ModelPinSource.Published ? "as its publisher says" : "pinned now";
            await pai.Console.Output.WriteLineAsync($"'{file.FileName}' is here, with the SHA-256 {pin.Sha256} ({trust}).");
        }

        await pai.Console.Error.WriteLineAsync($"'pai models use {plan.Name}' makes it answer.");
    }

    // What is here already must be what was asked for.
    private static async Task<ModelPin> ConfirmAsync(Composition pai, WantedFile file, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        var pin = await pai.Models.ConfirmAsync(PathOf(pai, file), progress, cancellationToken);
        return file.Sha256 is null || file.Sha256 == pin.Sha256
            ? pin
            : throw new ModelException(
                ModelError.Changed,
                $"\"{file.FileName}\" is here already, but has the SHA-256 {pin.Sha256} instead of {file.Sha256}: delete it with 'pai models rm {Path.GetFileNameWithoutExtension(file.FileName)}', then pull it again.");
    }

    private static string PathOf(Composition pai, WantedFile file) => Path.Combine(pai.Models.Folder, file.FileName);

    private static long HaveBytes(Composition pai, WantedFile file) =>
        new[] { PathOf(pai, file), PathOf(pai, file) + ".part" }.Select(path => new FileInfo(path)).Where(found => found.Exists).Sum(found => found.Length);
}
