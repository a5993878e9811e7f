using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>The extents of a model of Llama's architecture.</summary>
internal sealed record LlamaShape
{
    public int Layers { get; init; } = 2;

    /// <summary>Numbers in the vector of one token; a multiple of <see cref="Heads"/>, and of 32 or 256 where the quantisation wants it.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Numbers in the middle of the feed-forward part.</summary>
    public int Hidden { get; init; } = 128;

    public int Heads { get; init; } = 4;

    public int KvHeads { get; init; } = 4;

    public int Context { get; init; } = 256;

    /// <summary>Numbers in the keys of one token.</summary>
    public int KvWidth => Width / Heads * KvHeads;

    /// <summary>Describes such a model, with the vocabulary of another and, if wanted, its chat template.</summary>
    public void Describe(GgufWriter writer, string name, uint fileType, GgufFile vocabulary, bool withTemplate)
    {
        writer.Add("general.architecture", "llama");
        writer.Add("general.name", name);
        writer.Add("general.file_type", fileType);
        writer.Add("llama.block_count", (uint)Layers);
        writer.Add("llama.context_length", (uint)Context);
        writer.Add("llama.embedding_length", (uint)Width);
        writer.Add("llama.feed_forward_length", (uint)Hidden);
        writer.Add("llama.attention.head_count", (uint)Heads);
        writer.Add("llama.attention.head_count_kv", (uint)KvHeads);
        writer.Add("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        writer.Add("llama.rope.dimension_count", (uint)(Width / Heads));
        writer.Add("llama.rope.freq_base", 10000f);
        string[] wanted = withTemplate ? ["tokenizer.ggml.", "tokenizer.chat_template"] : ["tokenizer.ggml."];
        foreach ((var key, var value) in vocabulary.Metadata.Entries)
        {
            if (wanted.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                writer.Add(key, value);
            }
        }
    }
}
