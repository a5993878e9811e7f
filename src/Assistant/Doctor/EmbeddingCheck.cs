using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the model that turns text into vectors is here or can be installed; answering needs it not.</summary>
internal sealed class EmbeddingCheck(Func<ModelStore> store, Func<PaiConfiguration> configuration) : HealthCheck("embedding", HealthArea.Model)
{
    protected override async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var place = ModelPlace.Of(configuration().Options.Model.Embedding, store());
        if (place.Path is null)
        {
            return AtMostWarning(place.Describe());
        }

        var entry = await place.ConfirmAsync(cancellationToken);
        return entry.Problem is { } problem
            ? Finding.Warning(problem)
            : Finding.Ok($"'{entry.Path}' ({Quantity.Bytes(entry.Bytes)}, {entry.Architecture} {entry.Quantisation}): {ModelPlace.Say(entry.Trust)}.") with { Bytes = entry.Bytes };
    }

    protected override Finding Translate(Exception error) => AtMostWarning(base.Translate(error));

    private static Finding AtMostWarning(Finding finding) => finding.Status == HealthStatus.Failure ? finding with { Status = HealthStatus.Warning } : finding;
}
