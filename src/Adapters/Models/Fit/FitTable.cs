using System.Collections.Immutable;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tuning;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>One way of running a model, and whether it fits.</summary>
/// <param name="Context">How it is run.</param>
/// <param name="Needs">The memory of the machine that this takes.</param>
/// <param name="Verdict">How that compares with what is available.</param>
public sealed record FitOption(LlamaContextOptions Context, MemoryNeeds Needs, MemoryVerdict Verdict)
{
    /// <summary>What of it lies on GPUs, and is therefore not counted in <see cref="Needs"/>; null for nothing.</summary>
    public GpuSplit? Gpu { get; init; }
}

/// <summary>The ways of running a model on a machine: context window by cache type by windows that are full at the same time.</summary>
public sealed record FitTable
{
    /// <summary>The window that is enough for most, so that more of them are worth more than a longer one.</summary>
    private const int Enough = 4096;

    private const int ShortestContext = 512, LongestContext = 32_768;

    // What other programs are left, so that the machine stays usable.
    private const double KeptFree = 0.1;

    private static readonly ImmutableArray<int> Windows = [1, 2, 4];

    private FitTable()
    {
    }

    /// <summary>All of them: the longest context last, and for each the cache types and numbers of windows.</summary>
    public required ImmutableArray<FitOption> Options { get; init; }

    /// <summary>
    /// The one to take, or null where none fits: the longest context, up to what the model was trained for and to 32,768 tokens, with
    /// 16-bit keys and values and a tenth of the memory left to others; 8-bit ones, which make prompts slower, only where the others
    /// leave less than 4,096 tokens; then as many full windows as fit, up to 4.
    /// </summary>
    public FitOption? Recommended { get; init; }

    /// <summary>Computes it.</summary>
    /// <param name="file">The model.</param>
    /// <param name="wishes">What the user says about attention, cache type and repacking.</param>
    /// <param name="tuned">What was measured here for models of its kind, if anything.</param>
    /// <param name="machine">The memory to fit into.</param>
    /// <param name="contextLength">The only context to look at; null for several.</param>
    public static FitTable Of(GgufFile file, RunWishes wishes, TunedChoice? tuned, MachineMemory machine, int? contextLength = null)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        var weights = ModelWeights.Of(file);
        var shape = ModelShape.Of(file);
        var layers = ModelLayers.Of(file);
        var repack = weights.Repacks(wishes, tuned);
        ImmutableArray<FitOption> options =
        [
            .. from length in contextLength is { } wanted ? [wanted] : Contexts(shape.ContextLength)
               from type in wishes.KeyValueType is { } only ? [only] : new[] { KvCacheType.F16, KvCacheType.Q8 }
               where type == KvCacheType.F16 || (wishes.FlashAttention != false && shape.TakesBlocks)
               from windows in Windows
               select Option(length, type, windows),
        ];
        return new FitTable { Options = options, Recommended = Recommend(options, machine) };

        FitOption Option(int length, KvCacheType type, int windows)
        {
            var context = RunPlan.Attention(wishes with { KeyValueType = type }, tuned) with
            {
                ContextLength = length,
                CacheTokens = length * windows,
                Sequences = Math.Max(wishes.Sequences, windows),
            };
            var needs = MemoryNeeds.Of(weights, shape, context, repack);
            var gpu = GpuSplit.Of(layers, needs, wishes.GpuLayers, machine.Gpus);
            needs = gpu?.Relieve(needs, machine.Gpus) ?? needs;
            return new FitOption(context, needs, needs.On(machine)) { Gpu = gpu };
        }
    }

    // Powers of two, and what the model was trained for.
    private static IEnumerable<int> Contexts(uint trained)
    {
        var longest = trained == 0 ? Enough : (int)Math.Min(trained, LongestContext);
        for (var length = ShortestContext; length < longest; length *= 2)
        {
            yield return length;
        }

        yield return longest;
    }

    private static FitOption? Recommend(ImmutableArray<FitOption> options, MachineMemory machine)
    {
        var room = (long)(machine.Available * (1 - KeptFree));
        var fitting = options.Where(option => option.Needs.TotalBytes <= room).ToList();
        if (fitting.Count == 0)
        {
            // Weights may be read from disk again and again; the rest may not.
            fitting = [.. options.Where(option => option.Needs.OwnBytes <= room).Take(1)];
        }

        var enough = Math.Min(Enough, options[^1].Context.ContextLength!.Value);
        return fitting
            .OrderByDescending(option => Math.Min(option.Context.ContextLength!.Value, enough))
            .ThenBy(option => option.Context.KeyValueType)
            .ThenByDescending(option => option.Context.ContextLength)
            .ThenByDescending(option => option.Context.CacheTokens)
            .FirstOrDefault();
    }
}
