using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>What was measured for a kind of model on a machine.</summary>
/// <param name="Key">What it holds for.</param>
/// <param name="Measured">When.</param>
public sealed record ModelTuning(TuningKey Key, DateTimeOffset Measured)
{
    /// <summary>The ways that were tried, the usual one first; none where only threads were measured.</summary>
    public ImmutableArray<TuningMeasurement> Measurements { get; init; } = [];

    /// <summary>Generation by threads; none where that was not measured.</summary>
    public ImmutableArray<ThreadSpeed> Threads { get; init; } = [];

    /// <summary>The fastest way, or the usual one where no other is clearly faster; null where none was measured.</summary>
    [JsonIgnore]
    public TunedChoice? Choice => Measurements.IsEmpty ? null : TuningDecision.Choose(Measurements);

    /// <summary>The fastest number of threads; null where it was not measured.</summary>
    [JsonIgnore]
    public int? BestThreads => Threads.IsEmpty ? null : Threads.MaxBy(speed => speed.TokensPerSecond)!.Threads;
}

/// <summary>Generation with a number of threads.</summary>
/// <param name="Threads">The threads.</param>
/// <param name="TokensPerSecond">Generation at the beginning of a context.</param>
public sealed record ThreadSpeed(int Threads, double TokensPerSecond);
