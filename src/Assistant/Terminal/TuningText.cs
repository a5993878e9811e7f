using System.Globalization;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tuning;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Says in words how a model runs fastest here.</summary>
internal static class TuningText
{
    /// <summary>The way that was measured, and how many threads.</summary>
    public static string Of(ModelTuning? tuning) =>
        tuning?.BestThreads is { } threads ? $"{Way(tuning)}; {threads} of {Environment.ProcessorCount} threads" : Way(tuning);

    /// <summary>The way that was measured.</summary>
    public static string Way(ModelTuning? tuning) => tuning?.Choice is { } choice
        ? Of(choice)
        : $"not measured, so {Of(TunedChoice.Usual)} ('pai models tune' measures)";

    public static string Of(TunedChoice choice) =>
        $"flash attention {(choice.FlashAttention ? "on" : "off")}, {Of(choice.KeyValueType)}, {(choice.Repack ? "repacked weights" : "no repacking")}";

    /// <summary>The name of a KV cache type, as llama.cpp writes it.</summary>
    public static string Of(KvCacheType type) => type == KvCacheType.Q8 ? "q8_0" : "f16";

    /// <summary>A speed with as many digits as are worth reading.</summary>
    public static string Rate(double tokensPerSecond) => tokensPerSecond.ToString(tokensPerSecond < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
