using System.Text;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

/// <summary>That the right model comes out right is proven by its pinned hash, at every installation.</summary>
public sealed class BertConverterTests : IDisposable
{
    private const string Config =
        """
        {"model_type":"bert","hidden_size":2,"num_hidden_layers":1,"num_attention_heads":1,"intermediate_size":2,
         "max_position_embeddings":4,"type_vocab_size":2,"layer_norm_eps":1e-12}
        """;

    private const string Tokenizer =
        """{"added_tokens":[],"model":{"type":"WordPiece","vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"[MASK]":4,"a":5,"##b":6}}}""";

    private static readonly string[] Parts =
    [
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
        "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
    ];

    private static readonly string[] Names =
    [
        "embeddings.word_embeddings.weight", .. Parts.SelectMany(part => new[] { $"encoder.layer.0.{part}.weight", $"encoder.layer.0.{part}.bias" }),
    ];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Words_and_pieces_are_marked_as_the_engine_wants_them()
    {
        var metadata = Convert(Config, Tokenizer, Names).Metadata;

        Assert.True(metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens));
        Assert.Equal(["▁[PAD]", "▁[UNK]", "▁[CLS]", "▁[SEP]", "▁[MASK]", "▁a", "b"], tokens);
    }

    [Fact]
    public void Single_precision_becomes_half_in_matrices()
    {
        GgufTensor tensor = Convert(Config, Tokenizer, Names).Tensors.Single(tensor => tensor.Name == "token_embd.weight");

        Assert.Equal((GgmlType.F16, 4L), (tensor.Type, tensor.Bytes));
        Assert.Equal(new byte[] { 0x00, 0x3C, 0x00, 0xC0 }, File.ReadAllBytes(_folder["out.gguf"])[(int)tensor.Offset..][..4]);
    }

    [Fact]
    public void Another_architecture_is_refused_by_name()
    {
        var config = Config.Replace("\"bert\"", "\"roberta\"", StringComparison.Ordinal);

        Assert.Equal(
            "The model \"model.safetensors\" is \"roberta\" with a \"WordPiece\" vocabulary instead of \"bert\" with \"WordPiece\": "
            + "choose a GGUF of the model instead of converting it.",
            Refusal(config, Tokenizer, Names).Message);
    }

    [Fact]
    public void A_vocabulary_with_holes_is_refused()
    {
        var tokenizer = Tokenizer.Replace("\"##b\":6", "\"##b\":7", StringComparison.Ordinal);

        Assert.Equal(
            "The model \"model.safetensors\" has a vocabulary whose ids are not 0, 1, 2 and so on: choose a GGUF of the model instead of converting it.",
            Refusal(Config, tokenizer, Names).Message);
    }

    [Fact]
    public void An_unknown_tensor_is_refused_by_name()
    {
        Assert.Equal(
            "The model \"model.safetensors\" has the unknown tensor \"embeddings.odd_embeddings.weight\": choose a GGUF of the model instead of converting it.",
            Refusal(Config, Tokenizer, ["embeddings.odd_embeddings.weight"]).Message);
    }

    [Fact]
    public void Missing_layers_are_refused()
    {
        Assert.Equal(
            "The model \"model.safetensors\" has 15 tensors in 1 layers: choose a GGUF of the model instead of converting it.",
            Refusal(Config, Tokenizer, Names[..^1]).Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"model_type":"bert"}""")]
    [InlineData("""{"model_type":null}""")]
    public void A_damaged_config_is_refused(string config)
    {
        var error = Refusal(config, Tokenizer, Names);

        Assert.Equal(ModelError.Corrupt, error.Error);
        Assert.StartsWith("\"config.json\" cannot be read (", error.Message, StringComparison.Ordinal);
    }

    private ModelException Refusal(string config, string tokenizer, string[] names) =>
        Assert.Throws<ModelException>(() => Convert(config, tokenizer, names));

    private GgufFile Convert(string config, string tokenizer, string[] names)
    {
        File.WriteAllText(_folder["config.json"], config);
        File.WriteAllText(_folder["tokenizer.json"], tokenizer);
        File.WriteAllBytes(_folder["model.safetensors"], Weights(names));
        using (var output = File.Create(_folder["out.gguf"]))
        {
            BertConverter.Convert(_folder.Path, "model.safetensors", "test", output);
        }

        return GgufFile.Read(_folder["out.gguf"]);
    }

    /// <summary>Tensors of the numbers 1 and -2.</summary>
    private static byte[] Weights(string[] names)
    {
        var entries = names.Select((name, i) =>
        {
            var shape = name.StartsWith("embeddings", StringComparison.Ordinal) ? "[1,2]" : "[2]";
            return $$"""
                "{{name}}":{"dtype":"F32","shape":{{shape}},"data_offsets":[{{8 * i}},{{8 * (i + 1)}}]}
                """;
        });
        var header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        byte[] data = [.. names.SelectMany(_ => (byte[])[.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(-2f)])];
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. data];
    }
}
