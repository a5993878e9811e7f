using System.Globalization;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>The memory that one way of running a model takes.</summary>
/// <param name="WeightBytes">The tensors; mapped from the file, so that the system can drop and read them again.</param>
/// <param name="RepackedBytes">The copy of the weights that repacking makes.</param>
/// <param name="KvBytes">Keys and values of the whole KV cache.</param>
/// <param name="ComputeBytes">The working memory of a micro-batch.</param>
public sealed record MemoryNeeds(long WeightBytes, long RepackedBytes, long KvBytes, long ComputeBytes)
{
    /// <summary>What engine and runtime take besides, as measured with the starter: vocabulary, graphs, samplers, managed heap.</summary>
    public const long RestBytes = 80_000_000;

    /// <summary>What the system cannot take away again.</summary>
    public long OwnBytes => Saturated((Int128)RepackedBytes + KvBytes + ComputeBytes + RestBytes);

    /// <summary>All of it.</summary>
    public long TotalBytes => Saturated((Int128)WeightBytes + OwnBytes);

    /// <summary>Computes it from a file's header.</summary>
    public static MemoryNeeds Of(GgufFile file, LlamaContextOptions options, bool repack)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        return Of(ModelWeights.Of(file), ModelShape.Of(file), options, repack);
    }

    /// <summary>How it compares with a machine.</summary>
    /// <remarks>
    /// Mapped weights never end a process: what does not fit is read from disk again and again. So only what cannot be dropped is held
    /// against what is available, and a model whose weights exceed it is run, with a warning.
    /// </remarks>
    public MemoryVerdict On(MachineMemory machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return OwnBytes > machine.Available ? MemoryVerdict.NoRoom
            : TotalBytes > machine.Available ? MemoryVerdict.ReadsFromDisk
            : MemoryVerdict.Fits;
    }

    /// <summary>Says no before memory runs out in the middle of loading, where the system would end the process.</summary>
    /// <param name="model">The model's name, for the message.</param>
    /// <param name="machine">The memory of this machine as it is now.</param>
    /// <exception cref="ModelException">There is no room for it (<see cref="ModelError.NoRoom"/>); the message has the numbers.</exception>
    public void RefuseUnlessFits(string model, MachineMemory machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (On(machine) == MemoryVerdict.NoRoom)
        {
            throw new ModelException(
                ModelError.NoRoom,
                $"The model \"{model}\" needs {Describe()}, of which all but the weights must be free, and {Gigabytes(machine.Available)} are: "
                + "choose a smaller --context or let --fit choose it, take a smaller quantisation, or close other programs.");
        }
    }

    /// <summary>The numbers, for a sentence: <c>9.1 GB = 7.9 weights + ...</c>.</summary>
    public string Describe()
    {
        var repacked = RepackedBytes > 0 ? $" + {Number(RepackedBytes)} repacked weights" : "";
        return $"{Gigabytes(TotalBytes)} = {Number(WeightBytes)} weights{repacked} + {Number(KvBytes)} keys and values + {Number(ComputeBytes + RestBytes)} buffers";
    }

    internal static MemoryNeeds Of(ModelWeights weights, ModelShape shape, LlamaContextOptions options, bool repack)
    {
        var cells = (uint)(options.CacheTokens ?? options.ContextLength ?? (int)Math.Min(shape.ContextLength, 4096));
        var needs = ModelNeeds.Of(weights.Bytes, shape, cells, (uint)options.BatchSize);
        return new MemoryNeeds(
            weights.Bytes,
            repack ? weights.RepackableBytes : 0,
            options.KeyValueType == KvCacheType.Q8 ? needs.KvBytesQ8 : needs.KvBytesF16,
            options.FlashAttention ? needs.ComputeBytes : needs.ComputeBytesWithoutFlashAttention);
    }

    private static string Gigabytes(long bytes) => $"{Number(bytes)} GB";

    private static string Number(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture);

    private static long Saturated(Int128 bytes) => long.CreateSaturating(bytes);
}

/// <summary>How the memory that a model needs compares with what is available.</summary>
public enum MemoryVerdict
{
    /// <summary>All of it is available.</summary>
    Fits,

    /// <summary>It runs, but weights are read from disk again and again: slowly.</summary>
    ReadsFromDisk,

    /// <summary>It does not run.</summary>
    NoRoom,
}
