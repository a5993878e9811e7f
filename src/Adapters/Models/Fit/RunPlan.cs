using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tuning;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>How a model is going to be run: what the user wishes, what was measured, and what fits, in this order.</summary>
/// <param name="Model">How its file is loaded.</param>
/// <param name="Context">How it is run.</param>
/// <param name="Needs">The memory that this takes.</param>
public sealed record RunPlan(LlamaModelOptions Model, LlamaContextOptions Context, MemoryNeeds Needs)
{
    /// <summary>Makes the plan, and refuses what would be ended by the system. To be called at loading, since memory is compared as it is then.</summary>
    /// <param name="file">The model.</param>
    /// <param name="wishes">What the user says.</param>
    /// <param name="tuned">What was measured here for models of its kind, if anything.</param>
    /// <param name="machine">The memory of this machine as it is now.</param>
    /// <param name="progress">Told where it will be slow, since weights have to be read from disk again and again.</param>
    /// <exception cref="ModelException">There is no room for it, or the wishes contradict each other.</exception>
    public static RunPlan For(GgufFile file, RunWishes wishes, TunedChoice? tuned, MachineMemory machine, IProgress<ModelProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(machine);
        var plan = Propose(file, wishes, tuned, machine);
        plan.Needs.RefuseUnlessFits(Path.GetFileNameWithoutExtension(file.Path), machine);
        if (wishes.GpuLayers > 0 && plan.Model.Gpu is null)
        {
            progress?.Report(new ModelProgress(Path.GetFileName(file.Path), ModelStage.WithoutGpu, 0, 0));
        }

        if (plan.Needs.On(machine) == MemoryVerdict.ReadsFromDisk)
        {
            progress?.Report(new ModelProgress(Path.GetFileName(file.Path), ModelStage.ShortOfMemory, machine.Available, plan.Needs.TotalBytes));
        }

        return plan;
    }

    /// <summary>The layers of a model that can lie on GPUs, the output counted as one.</summary>
    public static int LayersOf(GgufFile file) => ModelLayers.Of(file).Count;

    /// <summary>Makes the plan, whether or not there is room for it.</summary>
    public static RunPlan Propose(GgufFile file, RunWishes wishes, TunedChoice? tuned, MachineMemory machine)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(wishes);
        if (wishes is { KeyValueType: KvCacheType.Q8, FlashAttention: false })
        {
            throw new ModelException(
                ModelError.Unsupported, "Keys and values of the type 'q8_0' need flash attention: set 'model.flash_attention' to 'auto' or 'on', or 'model.kv_type' to 'auto'.");
        }

        var repack = ModelWeights.Of(file).Repacks(wishes, tuned);
        var context = (wishes.Fit ? FitTable.Of(file, wishes, tuned, machine).Recommended?.Context : null) ?? AsWished(file, wishes, tuned);
        var needs = MemoryNeeds.Of(file, context, repack);
        var gpu = GpuSplit.Of(ModelLayers.Of(file), needs, wishes.GpuLayers, machine.Gpus);
        needs = gpu?.Relieve(needs, machine.Gpus) ?? needs;
        if (repack && wishes.Repack is null && needs.On(machine) != MemoryVerdict.Fits)
        {
            // A copy of the weights that was only to make it faster would make it slower, or impossible.
            repack = false;
            needs = needs with { RepackedBytes = 0 };
        }

        return new RunPlan(new LlamaModelOptions { Repack = repack, Gpu = gpu }, context, needs);
    }

    /// <summary>A context as the user wishes and, where the user says nothing, as was measured.</summary>
    internal static LlamaContextOptions Attention(RunWishes wishes, TunedChoice? tuned)
    {
        var type = wishes.KeyValueType ?? (wishes.FlashAttention == false ? KvCacheType.F16 : tuned?.KeyValueType ?? KvCacheType.F16);
        return new LlamaContextOptions
        {
            KeyValueType = type,
            FlashAttention = type == KvCacheType.Q8 || (wishes.FlashAttention ?? tuned?.FlashAttention ?? false),
            Threads = wishes.Threads,
        };
    }

    private static LlamaContextOptions AsWished(GgufFile file, RunWishes wishes, TunedChoice? tuned)
    {
        var trained = ModelShape.Of(file).ContextLength;
        return Attention(wishes, tuned) with
        {
            ContextLength = trained == 0 ? wishes.ContextTokens : (int)Math.Min((uint)wishes.ContextTokens, trained),
            Sequences = wishes.Sequences,
        };
    }
}
