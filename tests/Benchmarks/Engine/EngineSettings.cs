using System.Collections.Immutable;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Benchmarks.Engine;

/// <summary>What is measured, and of what.</summary>
internal sealed record EngineSettings
{
    /// <summary>The model file.</summary>
    public required string Model { get; init; }

    /// <summary>In the order of the enumeration, whatever order they were asked for in.</summary>
    public required ImmutableSortedSet<EnginePart> Parts { get; init; }

    public required int Threads { get; init; }

    public required bool Repack { get; init; }

    public required bool FlashAttention { get; init; }

    public required KvCacheType KeyValueType { get; init; }

    /// <summary>Tokens of the prompt that <see cref="EnginePart.Prefill"/> evaluates.</summary>
    public required int Prompt { get; init; }

    /// <summary>Tokens that <see cref="EnginePart.Decode"/> and each of the clients generate.</summary>
    public required int Generated { get; init; }

    /// <summary>Tokens in the context before <see cref="EnginePart.Decode"/> begins.</summary>
    public required ImmutableSortedSet<int> Depths { get; init; }

    /// <summary>Tokens of the prompt whose first token is waited for.</summary>
    public required int LongPrompt { get; init; }

    /// <summary>How many requests there are at once.</summary>
    public required ImmutableSortedSet<int> Clients { get; init; }

    /// <summary>Tokens of the prompt of each client.</summary>
    public required int ClientPrompt { get; init; }

    public required int Runs { get; init; }
}
