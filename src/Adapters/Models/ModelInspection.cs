using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models;

/// <summary>How much of a model is stored in one type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Tensors">How many tensors have it.</param>
/// <param name="Bytes">How many bytes they take.</param>
public sealed record TensorTypeShare(GgmlType Type, int Tensors, long Bytes);

/// <summary>What a model file says about itself, and what it will need here. Text in it comes from the file and is not to be trusted.</summary>
public sealed record ModelInspection
{
    private ModelInspection()
    {
    }

    /// <summary>The full path.</summary>
    public required string Path { get; init; }

    /// <summary>Size of the file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The kind of network, e.g. <c>llama</c>; null in the later parts of a split model.</summary>
    public string? Architecture { get; init; }

    /// <summary>What its makers called it.</summary>
    public string? Name { get; init; }

    /// <summary>The licence that the file names.</summary>
    public string? Licence { get; init; }

    /// <summary>How many numbers its tensors hold.</summary>
    public required long Parameters { get; init; }

    /// <summary>llama.cpp's name of the mixture of types, e.g. <c>Q4_K_M</c>.</summary>
    public required string Quantisation { get; init; }

    /// <summary>The types in it, the largest share first.</summary>
    public required ImmutableArray<TensorTypeShare> Types { get; init; }

    /// <summary>Tokens that it was trained to overlook.</summary>
    public uint? ContextLength { get; init; }

    /// <summary>Numbers in the vector of one token.</summary>
    public uint? EmbeddingLength { get; init; }

    /// <summary>Layers.</summary>
    public uint? Layers { get; init; }

    /// <summary>Attention heads (of the first layer, where layers differ).</summary>
    public uint? Heads { get; init; }

    /// <summary>Heads that keep keys and values (of the first layer, where layers differ).</summary>
    public uint? KvHeads { get; init; }

    /// <summary>The source of its chat template (Jinja).</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The kind of tokenizer, e.g. <c>llama</c> or <c>gpt2</c>.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>How many tokens it knows.</summary>
    public int VocabularySize { get; init; }

    /// <summary>Which part of a split model this is, if it is one.</summary>
    public GgufSplit? Split { get; init; }

    /// <summary>Every tensor, in the order of the file.</summary>
    public required ImmutableArray<GgufTensor> Tensors { get; init; }

    /// <summary>What it will need with its whole context.</summary>
    public required ModelNeeds Needs { get; init; }

    /// <summary>Reads it off a file's header.</summary>
    public static ModelInspection Of(GgufFile file)
    {
        var metadata = file.Metadata;
        var architecture = Text(metadata, "general.architecture");
        var heads = Number(metadata, $"{architecture}.attention.head_count");
        return new ModelInspection
        {
            Path = file.Path,
            FileBytes = file.Length,
            Architecture = architecture,
            Name = Text(metadata, "general.name"),
            Licence = Text(metadata, "general.license"),
            Parameters = file.Tensors.Sum(tensor => tensor.Elements),
            Quantisation = ModelFileType.NameOf(file),
            Types = Shares(file.Tensors),
            ContextLength = Number(metadata, $"{architecture}.context_length"),
            EmbeddingLength = Number(metadata, $"{architecture}.embedding_length"),
            Layers = Number(metadata, $"{architecture}.block_count"),
            Heads = heads,
            KvHeads = Number(metadata, $"{architecture}.attention.head_count_kv") ?? heads,
            ChatTemplate = Text(metadata, "tokenizer.chat_template"),
            Tokenizer = Text(metadata, "tokenizer.ggml.model"),
            VocabularySize = metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens) ? tokens.Length : 0,
            Split = file.Split,
            Tensors = file.Tensors,
            Needs = ModelNeeds.Of(file),
        };
    }

    private static ImmutableArray<TensorTypeShare> Shares(ImmutableArray<GgufTensor> tensors) =>
    [
        .. tensors.GroupBy(tensor => tensor.Type)
            .Select(group => new TensorTypeShare(group.Key, group.Count(), group.Sum(tensor => tensor.Bytes)))
            .OrderByDescending(share => share.Bytes),
    ];

    private static string? Text(GgufMetadata metadata, string key) => metadata.TryGet<string>(key, out var value) ? value : null;

    private static uint? Number(GgufMetadata metadata, string key) => metadata.TryGetUInt32s(key, out var values) ? values[0] : null;
}
