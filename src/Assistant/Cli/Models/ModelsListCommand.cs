using System.CommandLine;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Lists the models that are here, and what each is used for.</summary>
internal sealed class ModelsListCommand : PaiCommand
{
    private readonly Option<bool> _available = new("--available") { Description = "List what 'pai models pull' can fetch instead" };
    private readonly JsonOption _json = new();

    public ModelsListCommand() : base("list", "List the models that are here, and what each is used for.",
        "pai models list --json",
        "pai models list --available                  # what can be fetched")
    {
        Add(_available);
        Add(_json);
    }

    public static void Write(Composition pai, bool json)
    {
        var options = pai.StartConfiguration.Options;
        var models = ListedModel.All(pai.Models, options.Model);
        if (json)
        {
            pai.Console.Output.WriteJson(models.Select(Json));
        }
        else
        {
            pai.Console.Output.WriteTable([["MODEL", "SIZE", "TYPE", "SHA256", "USED FOR", "STATE"], .. models.Select(Row)]);
            pai.Console.Error.WriteLine($"They lie in '{options.ModelsFolder}'.");
        }

        if (!models.Any(model => model.Uses.Contains("chat")))
        {
            pai.Console.Error.WriteLine($"pai: The configured model '{options.Model.Name}' is not here; 'pai models use NAME' chooses another.");
        }
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        if (arguments.GetValue(_available))
        {
            AvailableModels.Write(pai, arguments.GetValue(_json));
        }
        else
        {
            Write(pai, arguments.GetValue(_json));
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static object Json(ListedModel model) => new
    {
        model.Id,
        model.Path,
        model.Bytes,
        model.Architecture,
        model.Quantisation,
        model.Sha256,
        model.Bundled,
        State = model.State.ToJsonName(),
        model.Uses,
        model.Problem,
    };

    private static string[] Row(ListedModel model) =>
    [
        TerminalText.Sanitize(model.Id),
        Quantity.Bytes(model.Bytes),
        model.Quantisation ?? "",
        model.Sha256?[..12] ?? "",
        string.Join(", ", model.Uses),
        State(model),
    ];

    private static string State(ListedModel model) => model.State switch
    {
        ListedState.Ready => "ready",
        ListedState.NotUsedYet => "not used yet; its hash is pinned at its first use",
        ListedState.Touched => "written to since it was pinned; its hash is compared at its next use",
        ListedState.NotInstalledYet => "installed at its first use",
        _ => TerminalText.Sanitize(model.Problem!),
    };
}
