using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Templates;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the model that answers is here or can be installed, is what was trusted, and is taken by llama.cpp.</summary>
internal sealed class ModelCheck(Func<ModelStore> store, Func<PaiConfiguration> configuration, Func<LlamaLibrary> library)
    : HealthCheck("model", HealthArea.Model)
{
    protected override async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var options = configuration().Options.Model;
        var place = ModelPlace.Of(options.Name, store());
        foreach (var adapter in store().Parse(options.Name).Adapters)
        {
            await store().Adapters.CheckAsync(ModelFiles.Find(store().Adapters, adapter.Name), cancellationToken: cancellationToken);
        }

        if (place.Path is not { } path)
        {
            return place.Describe();
        }

        var entry = await place.ConfirmAsync(cancellationToken);
        var file = GgufFile.ReadWhole(path);
        var template = TemplateProblem(options.Template, ModelInspection.Of(file).ChatTemplate);
        using (LlamaModel.Load(library(), path, new LlamaModelOptions { VocabularyOnly = true }, cancellationToken: cancellationToken))
        {
            var found = $"'{path}' ({Quantity.Bytes(entry.Bytes)}, {entry.Architecture} {entry.Quantisation}): {ModelPlace.Say(entry.Trust)}; llama.cpp reads its vocabulary";
            return template is null
                ? Finding.Ok($"{found} and knows its chat template.") with { Bytes = entry.Bytes }
                : Finding.Warning($"{found}; {template}.", "Choose a template with 'pai config set model.template NAME' ('pai models templates' lists them), or use 'pai ask --raw'.") with { Bytes = entry.Bytes };
        }
    }

    private string? TemplateProblem(string chosen, string? source)
    {
        if (chosen != "auto")
        {
            return ChatTemplates.Names(library()).Contains(chosen, StringComparer.OrdinalIgnoreCase) ? null : $"there is no chat template '{chosen}'";
        }

        return ChatTemplates.Describe(library(), source) switch
        {
            null => "it has no chat template, as base models have none",
            var name when name.StartsWith("unknown", StringComparison.Ordinal) => $"its chat template is {name}",
            _ => null,
        };
    }
}
