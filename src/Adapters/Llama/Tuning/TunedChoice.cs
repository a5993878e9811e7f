namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>How a kind of model runs fastest on a machine.</summary>
/// <param name="FlashAttention">Whether attention is computed in one pass.</param>
/// <param name="KeyValueType">How keys and values are stored.</param>
/// <param name="Repack">Whether weights are rearranged for the CPU.</param>
public sealed record TunedChoice(bool FlashAttention, KvCacheType KeyValueType, bool Repack)
{
    /// <summary>The choice without a measurement.</summary>
    public static TunedChoice Usual { get; } = new(FlashAttention: false, KvCacheType.F16, Repack: false);
}
