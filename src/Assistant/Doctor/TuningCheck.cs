using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether it was measured how the model that answers runs fastest here, and what came out.</summary>
internal sealed class TuningCheck(Func<ModelStore> store, Func<PaiConfiguration> configuration, Func<GgufFile, ModelTuning?> tuning) : HealthCheck("tuning", HealthArea.Model)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var place = ModelPlace.Of(configuration().Options.Model.Name, store());
        return Task.FromResult(Finding.Ok(place.Path is { } path
            ? $"{TuningText.Of(tuning(GgufFile.ReadWhole(path)))}."
            : "Nothing is measured before the model is installed."));
    }

    // What is wrong with the model, the model's own check says.
    protected override Finding Translate(Exception error) => Finding.Warning("Not looked at, since the model cannot be read.", "See the model above.");
}
