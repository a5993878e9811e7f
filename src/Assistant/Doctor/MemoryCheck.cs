using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the model that answers fits in memory with the configured context.</summary>
internal sealed class MemoryCheck(Func<ModelStore> store, Func<PaiConfiguration> configuration, Func<GgufFile, ModelTuning?> tuning, Func<MachineMemory> machine)
    : HealthCheck("memory", HealthArea.Model)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var memory = machine();
        var found = $"{Quantity.Bytes(memory.Total)} in all, {Quantity.Bytes(memory.Available)} available";
        var options = configuration().Options.Model;
        return Task.FromResult(ModelPlace.Of(options.Name, store()).Path is { } path
            ? Compare(found, memory, PlanFor(path, options, memory))
            : Finding.Ok($"{found}; what the model needs is known once it is installed."));
    }

    // What is wrong with the model, the model's own check says.
    protected override Finding Translate(Exception error) => Finding.Warning("Not compared with the model, since that cannot be read.", "See the model above.");

    private static Finding Compare(string found, MachineMemory memory, RunPlan plan)
    {
        var needed = $"{found}; the model needs {Quantity.Bytes(plan.Needs.TotalBytes)} with {plan.Context.ContextLength} tokens of context";
        const string Advice = "Close other programs, let 'pai models fit' choose, or take a smaller context ('pai config set model.context_tokens') or model.";
        var finding = plan.Needs.On(memory) switch
        {
            MemoryVerdict.NoRoom => Finding.Failure($"{needed}, which does not fit.", Advice),
            MemoryVerdict.ReadsFromDisk => Finding.Warning($"{needed}: it will be read from disk again and again.", Advice),
            _ => Finding.Ok($"{needed}."),
        };
        return finding with { Bytes = plan.Needs.TotalBytes };
    }

    private RunPlan PlanFor(string path, ModelOptions options, MachineMemory memory)
    {
        var file = GgufFile.ReadWhole(path);
        return RunPlan.Propose(file, options.Wishes(), tuning(file)?.Choice, memory);
    }
}
