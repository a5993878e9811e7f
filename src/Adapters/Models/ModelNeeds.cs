namespace PersonalAi.Adapters.Models;

/// <summary>The memory that a model will take here.</summary>
public sealed record ModelNeeds
{
    /// <summary>llama.cpp's default of tokens that are computed at once.</summary>
    internal const uint MicroBatch = 512;

    // llama.cpp reserves room for tokens in steps of so many.
    private const uint ContextStep = 256;

    private ModelNeeds()
    {
    }

    /// <summary>The context that this is for, in tokens.</summary>
    public required uint ContextLength { get; init; }

    /// <summary>The tensors; mapped from the file, so that the system can drop and read them again.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Keys and values of one token as 16-bit floats; none where a model reads texts as a whole.</summary>
    public required long KvBytesPerTokenF16 { get; init; }

    /// <summary>Keys and values of one token at Q8_0.</summary>
    public required long KvBytesPerTokenQ8 { get; init; }

    /// <summary>Keys and values of the whole context as 16-bit floats.</summary>
    public long KvBytesF16 => Saturated((UInt128)KvBytesPerTokenF16 * Reserved(ContextLength));

    /// <summary>Keys and values of the whole context at Q8_0.</summary>
    public long KvBytesQ8 => Saturated((UInt128)KvBytesPerTokenQ8 * Reserved(ContextLength));

    /// <summary>An estimate of the engine's working memory with flash attention.</summary>
    public required long ComputeBytes { get; init; }

    /// <summary>The same without flash attention, where the scores of the whole context are laid out.</summary>
    public required long ComputeBytesWithoutFlashAttention { get; init; }

    /// <summary>All of it, as this program runs models: keys and values as 16-bit floats, without flash attention.</summary>
    public long TotalBytes => Saturated((UInt128)WeightBytes + (UInt128)KvBytesF16 + (UInt128)ComputeBytesWithoutFlashAttention);

    /// <summary>Computes it from a file's header.</summary>
    /// <param name="file">The model.</param>
    /// <param name="contextLength">Tokens of context; null for as many as the model was trained for.</param>
    public static ModelNeeds Of(GgufFile file, uint? contextLength = null)
    {
        var shape = ModelShape.Of(file);
        return Of(file.Tensors.Sum(tensor => tensor.Bytes), shape, contextLength ?? shape.ContextLength, MicroBatch);
    }

    internal static ModelNeeds Of(long weightBytes, ModelShape shape, uint context, uint microBatch)
    {
        var batch = context == 0 ? microBatch : Math.Min(microBatch, context);
        var flash = batch * sizeof(float) * UInt128.Max(FlashAttentionStage(shape, context), UInt128.Max(LogitsStage(shape), FeedForwardStage(shape)));
        var attention = batch * sizeof(float) * AttentionStage(shape, context);
        return new ModelNeeds
        {
            ContextLength = context,
            WeightBytes = weightBytes,
            KvBytesPerTokenF16 = KvBytesPerToken(shape, GgmlBlock.Of(GgmlType.F16)),
            KvBytesPerTokenQ8 = KvBytesPerToken(shape, GgmlBlock.Of(GgmlType.Q8_0)),
            ComputeBytes = Saturated(flash),
            ComputeBytesWithoutFlashAttention = Saturated(UInt128.Max(flash, attention)),
        };
    }

    private static long KvBytesPerToken(ModelShape shape, GgmlBlock block)
    {
        UInt128 bytes = 0;
        foreach (var heads in shape.KvHeads)
        {
            var numbers = (UInt128)heads * ((UInt128)shape.KeyLength + shape.ValueLength);
            bytes += (numbers + (UInt128)block.Elements - 1) / (UInt128)block.Elements * (UInt128)block.Bytes;
        }

        return Saturated(bytes);
    }

    // The working memory is that of the greediest stage, for a micro-batch of 32-bit floats. How many of them each stage holds at
    // once for a token was read off llama.cpp v0.5.0's log ("CPU compute buffer size") for several shapes, contexts and micro-batches.
    private static UInt128 LogitsStage(ModelShape shape) => (UInt128)shape.Vocabulary + (2 * (UInt128)shape.EmbeddingLength);

    private static UInt128 FeedForwardStage(ModelShape shape) => (2 * (UInt128)shape.FeedForwardLength) + (2 * (UInt128)shape.EmbeddingLength);

    // The mask is of 16-bit floats here.
    private static UInt128 FlashAttentionStage(ModelShape shape, uint context) => (Reserved(context) / 2) + (12 * (UInt128)shape.EmbeddingLength);

    private static UInt128 AttentionStage(ModelShape shape, uint context)
    {
        var scoresAndMask = ((UInt128)shape.Heads + 1) * Reserved(context);
        var keysAndValues = (UInt128)shape.KvHeads.FirstOrDefault(shape.Heads) * ((UInt128)shape.KeyLength + shape.ValueLength);
        return scoresAndMask + (5 * (UInt128)shape.EmbeddingLength) + keysAndValues;
    }

    private static UInt128 Reserved(uint context) => ((UInt128)context + ContextStep - 1) / ContextStep * ContextStep;

    private static long Saturated(UInt128 bytes) => long.CreateSaturating(bytes);
}
