using System.Collections.Frozen;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PersonalAi.Adapters.Models;

/// <summary>
/// Converts a published sentence-embedding model of BERT's architecture (config.json, tokenizer.json, *.safetensors) to GGUF, as
/// llama.cpp's convert_hf_to_gguf.py does. The same input gives the same bytes.
/// </summary>
internal sealed partial class BertConverter
{
    private const int NormalToken = 1;
    private const int ControlToken = 3;
    private const uint MeanPooling = 1;
    private const int ChunkElements = 1 << 16;

    private static readonly FrozenDictionary<string, string> EmbeddingNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["word_embeddings.weight"] = "token_embd.weight",
        ["position_embeddings.weight"] = "position_embd.weight",
        ["token_type_embeddings.weight"] = "token_types.weight",
        ["LayerNorm.weight"] = "token_embd_norm.weight",
        ["LayerNorm.bias"] = "token_embd_norm.bias",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> LayerNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["attention.self.query"] = "attn_q",
        ["attention.self.key"] = "attn_k",
        ["attention.self.value"] = "attn_v",
        ["attention.output.dense"] = "attn_output",
        ["attention.output.LayerNorm"] = "attn_output_norm",
        ["intermediate.dense"] = "ffn_up",
        ["output.dense"] = "ffn_down",
        ["output.LayerNorm"] = "layer_output_norm",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly GgufWriter _writer = new();
    private readonly BertConfig _config;
    private readonly BertTokenizer _tokenizer;
    private readonly SafetensorsFile _weights;

    private BertConverter(string folder, string weights)
    {
        _config = BertSource.Read(Path.Combine(folder, "config.json"), BertSource.Default.BertConfig);
        _tokenizer = BertSource.Read(Path.Combine(folder, "tokenizer.json"), BertSource.Default.BertTokenizer);
        _weights = SafetensorsFile.Read(Path.Combine(folder, weights));
    }

    /// <summary>Reads a published model and writes it as GGUF, tensor by tensor.</summary>
    /// <param name="folder">Where config.json and tokenizer.json lie.</param>
    /// <param name="weights">The safetensors file in that folder.</param>
    /// <param name="name">What the model is to be called in its metadata.</param>
    /// <param name="output">A stream that knows its position.</param>
    /// <exception cref="ModelException">The files are damaged, or of an architecture that this converter does not know.</exception>
    public static void Convert(string folder, string weights, string name, Stream output)
    {
        var converter = new BertConverter(folder, weights);
        converter.AddModel(name);
        converter.AddTokenizer();
        using var source = File.OpenRead(converter._weights.Path);
        converter.AddTensors(source);
        converter._writer.WriteTo(output);
    }

    private void AddModel(string name)
    {
        if (_config.ModelType != "bert" || _tokenizer.Model.Type != "WordPiece")
        {
            throw Unsupported($"is \"{_config.ModelType}\" with a \"{_tokenizer.Model.Type}\" vocabulary instead of \"bert\" with \"WordPiece\"");
        }

        _writer.Add("general.architecture", "bert");
        _writer.Add("general.name", name);
        _writer.Add("general.license", "apache-2.0");
        _writer.Add("general.file_type", 1u);
        _writer.Add("bert.block_count", _config.NumHiddenLayers);
        _writer.Add("bert.context_length", _config.MaxPositionEmbeddings);
        _writer.Add("bert.embedding_length", _config.HiddenSize);
        _writer.Add("bert.feed_forward_length", _config.IntermediateSize);
        _writer.Add("bert.attention.head_count", _config.NumAttentionHeads);
        _writer.Add("bert.attention.layer_norm_epsilon", _config.LayerNormEps);
        _writer.Add("bert.attention.causal", false);
        _writer.Add("bert.pooling_type", MeanPooling);
    }

    private void AddTokenizer()
    {
        var vocabulary = _tokenizer.Model.Vocab;
        string[] tokens = [.. vocabulary.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        if (tokens.Where((token, id) => vocabulary[token] != id).Any())
        {
            throw Unsupported("has a vocabulary whose ids are not 0, 1, 2 and so on");
        }

        HashSet<string> special = [.. _tokenizer.AddedTokens.Where(token => token.Special).Select(token => token.Content)];
        _writer.Add("tokenizer.ggml.model", "bert");
        _writer.Add("tokenizer.ggml.pre", "jina-v2-en");
        _writer.Add("tokenizer.ggml.token_type_count", _config.TypeVocabSize);
        _writer.Add("tokenizer.ggml.tokens", Array.ConvertAll(tokens, token => special.Contains(token) ? token : AsPiece(token)));
        _writer.Add("tokenizer.ggml.token_type", Array.ConvertAll(tokens, token => special.Contains(token) ? ControlToken : NormalToken));
        AddSpecial("unknown", "[UNK]");
        // Spelt so in llama.cpp, and therefore in every file.
        AddSpecial("seperator", "[SEP]");
        AddSpecial("padding", "[PAD]");
        AddSpecial("cls", "[CLS]");
        AddSpecial("mask", "[MASK]");
        AddSpecial("bos", "[CLS]");
        AddSpecial("eos", "[SEP]");
    }

    /// <summary>llama.cpp marks where a word begins, WordPiece where it goes on.</summary>
    private static string AsPiece(string token) => token.StartsWith("##", StringComparison.Ordinal) ? token[2..] : "▁" + token;

    private void AddSpecial(string role, string token) => _writer.Add(
        $"tokenizer.ggml.{role}_token_id",
        _tokenizer.Model.Vocab.TryGetValue(token, out var id) ? (uint)id : throw Unsupported($"has no \"{token}\" in its vocabulary"));

    private void AddTensors(FileStream source)
    {
        var layerTensors = 0;
        foreach (var tensor in _weights.Tensors.Where(tensor => !IsUnused(tensor.Name)))
        {
            var name = NameOf(tensor);
            layerTensors += name.StartsWith("blk.", StringComparison.Ordinal) ? 1 : 0;
            _writer.AddTensor(name, TypeFor(name, tensor), [.. tensor.Shape.Reverse()], (target, output) => Copy(source, tensor, target, output));
        }

        // A weight and a bias for each.
        if (layerTensors != _config.NumHiddenLayers * LayerNames.Count * 2)
        {
            throw Unsupported($"has {layerTensors} tensors in {_config.NumHiddenLayers} layers");
        }
    }

    /// <summary>Positions are counted by the engine; the pooler serves a task that embeddings do not have.</summary>
    private static bool IsUnused(string name) =>
        name.EndsWith("embeddings.position_ids", StringComparison.Ordinal) || name.Contains("pooler.", StringComparison.Ordinal);

    private string NameOf(SafetensorsTensor tensor)
    {
        if (LayerTensor().Match(tensor.Name) is { Success: true } layer && LayerNames.TryGetValue(layer.Groups["part"].Value, out var part))
        {
            return $"blk.{layer.Groups["layer"].Value}.{part}.{layer.Groups["kind"].Value}";
        }

        return EmbeddingTensor().Match(tensor.Name) is { Success: true } embedding
            && EmbeddingNames.TryGetValue(embedding.Groups["part"].Value, out var name)
                ? name
                : throw Unsupported($"has the unknown tensor {GgufReader.Quote(tensor.Name)}");
    }

    /// <summary>The engine adds vectors and positions at full precision, and only matrices may be halves.</summary>
    private static GgmlType TypeFor(string name, SafetensorsTensor tensor) =>
        tensor.Shape.Length == 1 || name is "position_embd.weight" or "token_types.weight" ? GgmlType.F32 : GgmlType.F16;

    private void Copy(FileStream source, SafetensorsTensor tensor, GgufTensor target, Stream output)
    {
        source.Position = tensor.Offset;
        for (var left = target.Elements; left > 0; left -= ChunkElements)
        {
            Write(output, target.Type, ReadChunk(source, tensor, (int)Math.Min(left, ChunkElements)));
        }
    }

    /// <summary>Halves widen without loss, so that everything can pass through single precision.</summary>
    private float[] ReadChunk(FileStream source, SafetensorsTensor tensor, int count)
    {
        var numbers = new float[count];
        switch (tensor.Type)
        {
            case "F32":
                source.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
                break;
            case "F16":
                var halves = new Half[count];
                source.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
                TensorPrimitives.ConvertToSingle(halves, numbers);
                break;
            default:
                throw Unsupported($"has a tensor {GgufReader.Quote(tensor.Name)} of type {tensor.Type} instead of F32 or F16");
        }

        return numbers;
    }

    private static void Write(Stream output, GgmlType type, float[] numbers)
    {
        if (type == GgmlType.F32)
        {
            output.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return;
        }

        var halves = new Half[numbers.Length];
        TensorPrimitives.ConvertToHalf(numbers, halves);
        output.Write(MemoryMarshal.AsBytes(halves.AsSpan()));
    }

    private ModelException Unsupported(string what) => new(
        ModelError.Unsupported,
        $"The model \"{Path.GetFileName(_weights.Path)}\" {what}: choose a GGUF of the model instead of converting it.");

    [GeneratedRegex(@"^(bert\.)?embeddings\.(?<part>.+)$")]
    private static partial Regex EmbeddingTensor();

    [GeneratedRegex(@"^(bert\.)?encoder\.layer\.(?<layer>\d+)\.(?<part>.+)\.(?<kind>weight|bias)$")]
    private static partial Regex LayerTensor();
}
