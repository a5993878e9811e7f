namespace PersonalAi.Adapters.Llama.Sampling;

/// <summary>How the next token is chosen. Defaults suit Llama 2 chat models.</summary>
public sealed record SamplingOptions
{
    /// <summary>0 takes the likeliest token always; higher is more varied.</summary>
    public float Temperature { get; init; } = 0.3f;

    /// <summary>Only this many of the likeliest tokens are considered; 0 considers all.</summary>
    public int TopK { get; init; } = 40;

    /// <summary>Only the likeliest tokens that together reach this probability are considered (nucleus sampling); 1 considers all.</summary>
    public float TopP { get; init; } = 0.9f;

    /// <summary>Only tokens at least this likely relative to the likeliest are considered; 0 considers all.</summary>
    public float MinP { get; init; } = 0.05f;

    /// <summary>Divides the logits of tokens among the newest <see cref="PenaltyTokens"/> of the answer; 1 changes nothing.</summary>
    public float RepeatPenalty { get; init; } = 1.1f;

    /// <summary>Subtracted from a token's logit for each time it stands there.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Subtracted from a token's logit once if it stands there.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>How many of the answer's newest tokens the penalties look at.</summary>
    public int PenaltyTokens { get; init; } = 64;

    /// <summary>The same seed gives the same text from the same state; null draws one.</summary>
    public uint? Seed { get; init; }
}
