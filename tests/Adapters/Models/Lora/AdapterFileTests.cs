using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Lora;

public sealed class AdapterFileTests : IDisposable
{
    private static readonly LlamaShape Shape = new();
    private static readonly string Hash = new('a', 64);

    private readonly ScratchFolder _folder = new();

    /// <summary>Metadata that makes a good adapter a bad one, and what is said of it.</summary>
    public static TheoryData<string, object?, ModelError, string> BadMetadata { get; } = new()
    {
        { "general.type", null, ModelError.Unsupported, "is no adapter: 'general.type' does not say so: name a model with --model, an adapter after its '+'." },
        { "general.type", "model", ModelError.Unsupported, "is no adapter: 'general.type' does not say so: name a model with --model, an adapter after its '+'." },
        { "general.type", 7u, ModelError.Unsupported, "is no adapter: 'general.type' does not say so: name a model with --model, an adapter after its '+'." },
        { "adapter.type", "dora", ModelError.Unsupported, "is an adapter of the type \"dora\", and the engine takes 'lora': choose another adapter." },
        { "adapter.type", new[] { "lora" }, ModelError.Unsupported, "is an adapter of the type \"\", and the engine takes 'lora': choose another adapter." },
        { "adapter.lora.alpha", float.NaN, ModelError.Corrupt, "has \"NaN\" under 'adapter.lora.alpha', which is no finite number of 32 bits: replace it with a whole copy." },
        { "adapter.lora.alpha", float.PositiveInfinity, ModelError.Corrupt, "has \"Infinity\" under 'adapter.lora.alpha', which is no finite number of 32 bits: replace it with a whole copy." },
        { "adapter.lora.alpha", 16u, ModelError.Corrupt, "has \"16\" under 'adapter.lora.alpha', which is no finite number of 32 bits: replace it with a whole copy." },
        { "adapter.alora.invocation_tokens", new[] { 1u, 2u }, ModelError.Unsupported, "acts only after certain tokens (activated LoRA), which pai does not do: choose an ordinary LoRA adapter." },
        { "pai.base_model.sha256", "abc", ModelError.Corrupt, "has \"abc\" under 'pai.base_model.sha256', which is no SHA-256: replace it with a whole copy." },
        { "pai.base_model.sha256", 1u, ModelError.Corrupt, "has \"1\" under 'pai.base_model.sha256', which is no SHA-256: replace it with a whole copy." },
    };

    /// <summary>A tensor that makes a good adapter a bad one, and what is said of it.</summary>
    public static TheoryData<string, GgmlType, long[], ModelError, string> BadTensors { get; } = new()
    {
        { "blk.0.attn_x.weight.lora_a", GgmlType.F32, [64, 4], ModelError.Corrupt, "has a tensor \"blk.0.attn_x.weight.lora_a\" without its other half: replace it with a whole copy." },
        { "blk.0.attn_x.weight.lora_b", GgmlType.F32, [4, 64], ModelError.Corrupt, "has a tensor \"blk.0.attn_x.weight.lora_b\" without its other half: replace it with a whole copy." },
        { "blk.0.attn_q.bias", GgmlType.F32, [64], ModelError.Unsupported, "has a tensor \"blk.0.attn_q.bias\", which is no half of a LoRA pair: choose another adapter." },
        { "blk.0.attn_x.weight.lora_a", GgmlType.Q8_K, [256, 4], ModelError.Unsupported, "has a tensor \"blk.0.attn_x.weight.lora_a\" of type Q8_K, and pai takes F32, F16, BF16, Q8_0: convert it again." },
    };

    /// <summary>Pairs that do not belong to the model, and what is said of them.</summary>
    public static TheoryData<string, long[], long[], string> StrangePairs { get; } = new()
    {
        { "blk.2.attn_q.weight", [64, 4], [4, 64], "changes a matrix \"blk.2.attn_q.weight\", which the model 'base.gguf' does not have" },
        { "output.weight", [64, 4], [4, 32001], "changes the matrix \"output.weight\" with 64 x 4 and 4 x 32001, which do not fit its 64 x 32000 in the model 'base.gguf'" },
        { "output.weight", [32, 4], [4, 32000], "changes the matrix \"output.weight\" with 32 x 4 and 4 x 32000, which do not fit its 64 x 32000 in the model 'base.gguf'" },
        { "output.weight", [64, 8], [4, 32000], "changes the matrix \"output.weight\" with 64 x 8 and 4 x 32000, which do not fit its 64 x 32000 in the model 'base.gguf'" },
        { "output.weight", [64, 4, 2], [4, 32000], "changes the matrix \"output.weight\" with 64 x 4 x 2 and 4 x 32000, which do not fit its 64 x 32000 in the model 'base.gguf'" },
        { "output_norm.weight", [64, 4], [4, 1], "changes the matrix \"output_norm.weight\" with 64 x 4 and 4 x 1, which do not fit its 64 in the model 'base.gguf'" },
        { "token_embd.weight", [8, 32000], [4, 64], "changes the matrix \"token_embd.weight\" with 8 x 32000 and 4 x 64, which do not fit its 64 x 32000 in the model 'base.gguf'" },
        { "token_embd.weight", [64, 4], [4, 32000], "changes the matrix \"token_embd.weight\" with 64 x 4 and 4 x 32000, which do not fit its 64 x 32000 in the model 'base.gguf'" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_good_one_says_what_it_is()
    {
        var adapter = new RandomAdapter(Shape)
        {
            Metadata = { ["general.base_model.0.name"] = "Tiny", ["pai.base_model.sha256"] = Hash.ToUpperInvariant() },
            Tensors = [("blk.0.attn_norm.weight", GgmlType.F32, [64])],
        };

        var file = AdapterFile.Read(adapter.Write(_folder["me.gguf"]));

        Assert.Equal(("random", "Tiny", "llama", 4f, Hash, 14, 1), (file.Name, file.BaseName, file.Architecture, file.Alpha, file.BaseSha256, file.Pairs.Length, file.IgnoredTensors));
        Assert.All(file.Pairs, pair => Assert.Equal(4, pair.Rank));
        file.RefuseUnlessFits(Base(), Hash);
    }

    [Theory]
    [MemberData(nameof(BadMetadata))]
    public void Wrong_metadata_are_refused(string key, object? value, ModelError expected, string message) =>
        AssertRefused(new RandomAdapter(Shape) { Metadata = { [key] = value } }, expected, message);

    [Theory]
    [MemberData(nameof(BadTensors))]
    public void Wrong_tensors_are_refused(string name, GgmlType type, long[] shape, ModelError expected, string message) =>
        AssertRefused(new RandomAdapter(Shape) { Tensors = [(name, type, shape)] }, expected, message);

    [Fact]
    public void One_that_changes_nothing_is_refused() =>
        AssertRefused(new RandomAdapter(Shape) { Targets = [] }, ModelError.Corrupt, "changes no matrix: replace it with a whole copy.");

    [Theory]
    [MemberData(nameof(StrangePairs))]
    public void A_model_that_it_was_not_made_for_is_refused(string target, long[] a, long[] b, string what)
    {
        var adapter = new RandomAdapter(Shape) { Tensors = [($"{target}.lora_a", GgmlType.F32, a), ($"{target}.lora_b", GgmlType.F32, b)] };
        var file = AdapterFile.Read(adapter.Write(_folder["me.gguf"]));

        var error = Assert.Throws<ModelException>(() => file.RefuseUnlessFits(Base(), Hash));

        Assert.Equal((ModelError.Unsupported, $"The adapter file 'me.gguf' {what}: use it with the model it was made for."), (error.Error, error.Message));
    }

    [Theory]
    [InlineData("general.architecture", "qwen2", "is made for the architecture \"qwen2\", and the model 'base.gguf' is \"llama\"")]
    [InlineData("pai.base_model.sha256", "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "is made for the model file with the SHA-256 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc, and 'base.gguf' has aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_model_of_another_architecture_or_hash_is_refused(string key, string value, string what)
    {
        var file = AdapterFile.Read(new RandomAdapter(Shape) { Metadata = { [key] = value } }.Write(_folder["me.gguf"]));

        var error = Assert.Throws<ModelException>(() => file.RefuseUnlessFits(Base(), Hash));

        Assert.Equal((ModelError.Unsupported, $"The adapter file 'me.gguf' {what}: use it with the model it was made for."), (error.Error, error.Message));
    }

    [Fact]
    public void Wherever_it_is_cut_off_it_is_refused()
    {
        var whole = File.ReadAllBytes(new RandomAdapter(Shape) { Rank = 1, Targets = ["attn_q"] }.Write(_folder["me.gguf"]));

        for (var length = 0; length < whole.Length - 32; length += length < 512 ? 1 : 37)
        {
            File.WriteAllBytes(_folder["cut.gguf"], whole[..length]);

            var error = Assert.Throws<ModelException>(() => AdapterFile.Read(_folder["cut.gguf"]));

            Assert.Equal(ModelError.Corrupt, error.Error);
        }
    }

    private GgufFile Base() => GgufFile.Read(RandomModel.Write(_folder["base.gguf"], Shape));

    private void AssertRefused(RandomAdapter adapter, ModelError expected, string message)
    {
        var path = adapter.Write(_folder["me.gguf"]);

        var error = Assert.Throws<ModelException>(() => AdapterFile.Read(path));

        Assert.Equal((expected, $"The adapter file 'me.gguf' {message}"), (error.Error, error.Message));
    }
}
