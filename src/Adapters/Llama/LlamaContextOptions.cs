namespace PersonalAi.Adapters.Llama;

/// <summary>How a model is run.</summary>
public sealed record LlamaContextOptions
{
    /// <summary>The context window in tokens; null takes what the model was trained for, up to 4096.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Threads to compute with; null takes one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>The most prompt tokens that are evaluated in one go.</summary>
    public int BatchSize { get; init; } = 512;
}
