using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the model that answers fits in memory with the configured context.</summary>
internal sealed class MemoryCheck(Func<ModelStore> store, Func<PaiConfiguration> configuration, Func<MachineMemory> machine) : HealthCheck("memory", HealthArea.Model)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var memory = machine();
        var found = $"{Quantity.Bytes(memory.Total)} in all, {Quantity.Bytes(memory.Available)} available";
        var options = configuration().Options.Model;
        return Task.FromResult(ModelPlace.Of(options.Name, store()).Path is { } path
            ? Compare(found, memory, NeedsOf(path, options))
            : Finding.Ok($"{found}; what the model needs is known once it is installed."));
    }

    // What is wrong with the model, the model's own check says.
    protected override Finding Translate(Exception error) => Finding.Warning("Not compared with the model, since that cannot be read.", "See the model above.");

    private static Finding Compare(string found, MachineMemory memory, ModelNeeds needs)
    {
        // The weights are mapped from their file, so a machine that lacks memory for them reads them again and again; the rest has no such way out.
        var needed = $"{found}; the model needs {Quantity.Bytes(needs.TotalBytes)} with {needs.ContextLength} tokens of context";
        const string Advice = "Close other programs, or choose a smaller context ('pai config set model.context_tokens') or model.";
        var finding = needs.TotalBytes - needs.WeightBytes > memory.Available ? Finding.Failure($"{needed}, which does not fit.", Advice)
            : needs.TotalBytes > memory.Available ? Finding.Warning($"{needed}: it will be read from disk again and again.", Advice)
            : Finding.Ok($"{needed}.");
        return finding with { Bytes = needs.TotalBytes };
    }

    private static ModelNeeds NeedsOf(string path, ModelOptions options)
    {
        var file = GgufFile.ReadWhole(path);
        var trained = ModelNeeds.Of(file).ContextLength;
        return ModelNeeds.Of(file, trained == 0 ? (uint)options.ContextTokens : Math.Min((uint)options.ContextTokens, trained));
    }
}
