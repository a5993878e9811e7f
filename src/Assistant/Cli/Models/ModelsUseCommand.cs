using System.CommandLine;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Catalogue;
using PersonalAi.Assistant.Cli.Config;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Lets a model answer from now on: writes its name into config.yaml, and its chat template where its file has none.</summary>
internal sealed class ModelsUseCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "A model that is here, or the path of a .gguf file" };

    public ModelsUseCommand() : base("use", "Let a model answer from now on.",
        "pai models use llama-2-13b-chat",
        "pai models use tinyllama-1.1b-chat           # the starter again") => Add(_name);

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var reference = arguments.GetRequiredValue(_name);
        var path = PulledModel.Find(pai.Catalogue, pai.Models, reference);
        if (path is null)
        {
            using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
            path = await FindAsync(pai, reference, progress, cancellationToken);
        }

        var inspection = ModelInspection.Of(GgufFile.ReadWhole(path));
        var known = pai.Catalogue.OfFile(Path.GetFileName(path));
        await ConfigSetCommand.SetAsync(pai, Settings.Find("model.name"), pai.Models.Describe(path).Id, cancellationToken);

        var template = inspection.ChatTemplate is null && known?.Template is { } published ? published : "auto";
        if (template != pai.Configuration.Options.Model.Template)
        {
            await ConfigSetCommand.SetAsync(pai, Settings.Find("model.template"), template, cancellationToken);
        }

        return ExitCode.Done;
    }

    private static async Task<string> FindAsync(Composition pai, string reference, IProgress<ModelProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await pai.Models.FindAsync(reference, progress, cancellationToken);
        }
        catch (ModelException e) when (e.Error == ModelError.NotFound && pai.Catalogue.Find(reference.Split(':')[0]) is not null)
        {
            throw new ModelException(ModelError.NotFound, $"The model \"{reference}\" is not here yet: fetch it with 'pai models pull {reference}'.", e);
        }
    }
}
