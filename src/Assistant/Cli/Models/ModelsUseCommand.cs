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

    private readonly Option<bool> _noTune = new("--no-tune") { Description = "Do not measure how it runs fastest here, which is done at a terminal where it was not measured yet" };

    public ModelsUseCommand() : base("use", "Let a model answer from now on.",
        "pai models use llama-2-13b-chat",
        "pai models use tinyllama-1.1b-chat           # the starter again")
    {
        Add(_name);
        Add(_noTune);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var reference = arguments.GetRequiredValue(_name);
        var path = PulledModel.Find(pai.Catalogue, pai.Models, reference);
        if (path is null)
        {
            using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
            path = await FindAsync(pai, reference, progress, cancellationToken);
        }

        var file = GgufFile.ReadWhole(path);
        var inspection = ModelInspection.Of(file);
        var known = pai.Catalogue.OfFile(Path.GetFileName(path));
        await ConfigSetCommand.SetAsync(pai, Settings.Find("model.name"), pai.Models.Describe(path).Id, cancellationToken);

        var template = inspection.ChatTemplate is null && known?.Template is { } published ? published : "auto";
        if (template != pai.Configuration.Options.Model.Template)
        {
            await ConfigSetCommand.SetAsync(pai, Settings.Find("model.template"), template, cancellationToken);
        }

        // Where somebody watches and can stop it.
        if (pai.Console.ErrorIsTerminal && !arguments.GetValue(_noTune) && pai.TuningOf(file)?.Choice is null)
        {
            await TuneAsync(pai, file, cancellationToken);
        }

        return ExitCode.Done;
    }

    private static async Task TuneAsync(Composition pai, GgufFile file, CancellationToken cancellationToken)
    {
        try
        {
            await pai.Models.CheckAsync(file.Path, cancellationToken: cancellationToken);
            var tuning = await ModelsTuneCommand.MeasureAsync(pai, file, cancellationToken);
            await pai.Console.Error.WriteLineAsync($"It runs with {TuningText.Of(tuning)}.");
        }
        catch (OperationCanceledException)
        {
            await pai.Console.Error.WriteLineAsync("Not measured; 'pai models tune' does it another time.");
        }
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
