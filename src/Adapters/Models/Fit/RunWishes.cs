using PersonalAi.Adapters.Llama;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>What a user says about how a model is run; null leaves it to what was measured, or to the usual.</summary>
public sealed record RunWishes
{
    /// <summary>The context window in tokens; a model that was trained for less gets that.</summary>
    public int ContextTokens { get; init; } = 4096;

    /// <summary>How many requests are evaluated together.</summary>
    public int Sequences { get; init; } = 4;

    /// <summary>Whether context, cache type and sequences are chosen by what fits this machine, whatever is said above.</summary>
    public bool Fit { get; init; }

    /// <summary>Flash attention.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>How keys and values are stored.</summary>
    public KvCacheType? KeyValueType { get; init; }

    /// <summary>Whether weights are rearranged for the CPU.</summary>
    public bool? Repack { get; init; }

    /// <summary>How many layers lie on GPUs, the output counted as one; null for as many as there is room for.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Threads to compute with.</summary>
    public int? Threads { get; init; }
}
