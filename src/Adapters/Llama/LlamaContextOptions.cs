namespace PersonalAi.Adapters.Llama;

/// <summary>How a model is run.</summary>
public sealed record LlamaContextOptions
{
    /// <summary>The context window of one request in tokens; null takes what the model was trained for, up to 4096.</summary>
    public int? ContextLength { get; init; }

    /// <summary>How many requests are evaluated together, and how many prompts keep their KV cache.</summary>
    public int Sequences { get; init; } = 4;

    /// <summary>How many requests may wait for a sequence before the engine says that it is busy.</summary>
    public int MaxWaiting { get; init; } = 64;

    /// <summary>
    /// Whether tokens are guessed from the text so far and evaluated several at a time: faster where an answer repeats what stands in the
    /// prompt, and the same text, but where two tokens are as likely as each other to the last bit.
    /// </summary>
    public bool Speculates { get; init; } = true;

    /// <summary>A small model of the same vocabulary that guesses where the text so far does not tell; the caller keeps it. Null guesses from the text alone.</summary>
    public LlamaModel? DraftModel { get; init; }

    /// <summary>The SHA-256 of the model file; without it, no KV snapshots are written, since nothing tells whose they are.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>The KV cache in tokens, which all sequences share; null takes one context window.</summary>
    public int? CacheTokens { get; init; }

    /// <summary>How keys and values are stored.</summary>
    public KvCacheType KeyValueType { get; init; }

    /// <summary>Computes attention in one pass: faster for short contexts, on CPUs slower from a few hundred tokens on.</summary>
    public bool FlashAttention { get; init; }

    /// <summary>Threads to compute with; null takes one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Takes fewer threads while other programs want the processors, and more again later.</summary>
    public bool AdaptsThreads { get; init; }

    /// <summary>The most prompt tokens that are evaluated in one go.</summary>
    public int BatchSize { get; init; } = 512;
}

/// <summary>How keys and values are stored in the KV cache.</summary>
public enum KvCacheType
{
    /// <summary>16-bit floats.</summary>
    F16,

    /// <summary>8-bit blocks (<c>q8_0</c>): about half the memory; needs flash attention.</summary>
    Q8,
}
