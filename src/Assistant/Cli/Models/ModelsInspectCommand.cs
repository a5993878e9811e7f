using System.CommandLine;
using PersonalAi.Adapters.Llama.Templates;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Shows what a model file says about itself, and what it will need on this machine.</summary>
internal sealed class ModelsInspectCommand : PaiCommand
{
    private readonly Argument<string> _name = new("FILE_OR_NAME") { Description = "A .gguf file, or a model's name" };
    private readonly Option<bool> _tensors = new("--tensors") { Description = "Also list every tensor" };
    private readonly JsonOption _json = new();

    public ModelsInspectCommand() : base("inspect", "Show what a model file says about itself, and what it will need here.",
        "pai models inspect tinyllama-1.1b-chat",
        "pai models inspect ~/models/llama-2-13b-chat.Q4_K_M.gguf --tensors",
        "pai models inspect tinyllama-1.1b-chat --context 512 --json")
    {
        Add(_name);
        Add(_tensors);
        Add(new SettingOption(Configuration.Settings.Find("model.context_tokens")));
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var model = await ReadAsync(pai, arguments.GetRequiredValue(_name), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(InspectedModelJson.From(model, arguments.GetValue(_tensors)));
        }
        else
        {
            new InspectionText(pai.Console.Output, new Ink(pai.ColourOnOutput)).Write(model, arguments.GetValue(_tensors));
        }

        return ExitCode.Done;
    }

    private static async Task<InspectedModel> ReadAsync(Composition pai, string reference, CancellationToken cancellationToken)
    {
        string path;
        using (var progress = new ModelProgressDisplay(pai.Console, pai.Time))
        {
            path = await pai.Models.FindAsync(reference, progress, cancellationToken);
            if (pai.Models.Describe(path).Trust == ModelTrust.Touched)
            {
                // A known model that changed is refused by its hash, as it is when it is asked to answer.
                await pai.Models.CheckAsync(path, progress, cancellationToken);
            }
        }

        var file = GgufFile.ReadWhole(path);
        var inspection = ModelInspection.Of(file);
        var context = (uint)Math.Min(pai.StartConfiguration.Options.Model.ContextTokens, inspection.ContextLength ?? uint.MaxValue);
        return new InspectedModel(
            inspection,
            pai.Models.Describe(path),
            ChatTemplates.Describe(pai.Library, inspection.ChatTemplate),
            context == inspection.ContextLength ? [inspection.Needs] : [ModelNeeds.Of(file, context), inspection.Needs],
            MachineMemory.Read())
        {
            Tuning = pai.TuningOf(file),
        };
    }
}
