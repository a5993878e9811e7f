using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models;

/// <summary>The extents of a transformer that its memory follows from; zero where the file does not say.</summary>
internal sealed record ModelShape(uint ContextLength, uint EmbeddingLength, uint FeedForwardLength, uint Heads, int Vocabulary)
{
    /// <summary>Heads that keep keys and values, for each layer; empty where a model reads texts as a whole and keeps nothing.</summary>
    public required ImmutableArray<uint> KvHeads { get; init; }

    /// <summary>Numbers in the key of one head.</summary>
    public required uint KeyLength { get; init; }

    /// <summary>Numbers in the value of one head.</summary>
    public required uint ValueLength { get; init; }

    /// <summary>Whether keys and values can be stored in blocks of 32, as 8-bit ones are: llama.cpp refuses it for other heads.</summary>
    public bool TakesBlocks => KeyLength % 32 == 0 && ValueLength % 32 == 0;

    public static ModelShape Of(GgufFile file)
    {
        var metadata = file.Metadata;
        var prefix = metadata.TryGet<string>("general.architecture", out var architecture) ? architecture : "";
        ImmutableArray<uint> Numbers(string key) => metadata.TryGetUInt32s($"{prefix}.{key}", out var values) ? values : [];
        uint Number(string key, uint absent = 0) => Numbers(key) is [var value, ..] ? value : absent;

        var heads = Number("attention.head_count");
        var embedding = Number("embedding_length");
        var headLength = embedding / Math.Max(heads, 1);
        var generates = !metadata.TryGet<bool>($"{prefix}.attention.causal", out var causal) || causal;
        var vocabulary = metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens) ? tokens.Length : 0;
        return new ModelShape(Number("context_length"), embedding, Number("feed_forward_length"), heads, generates ? vocabulary : 0)
        {
            KvHeads = generates ? PerLayer(Numbers("attention.head_count_kv"), Number("block_count"), heads) : [],
            KeyLength = Number("attention.key_length", headLength),
            ValueLength = Number("attention.value_length", headLength),
        };
    }

    private static ImmutableArray<uint> PerLayer(ImmutableArray<uint> given, uint layers, uint absent) => given switch
    {
        [] => [.. Enumerable.Repeat(absent, (int)layers)],
        [var same] => [.. Enumerable.Repeat(same, (int)layers)],
        _ => [.. given.Take((int)layers)],
    };
}
