using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class GgufHostileTests : IDisposable
{
    private const ulong TwoTo63 = 1UL << 63;
    private const uint F32 = 0;
    private const uint Int32 = 5;
    private const uint Float32 = 6;
    private const uint Text = 8;

    private readonly ScratchFolder _folder = new();

    public static TheoryData<string, byte[], ModelError, string> Files { get; } = new()
    {
        { "empty", [], ModelError.Corrupt, "is empty: replace it with a whole copy." },
        { "magic cut short", "GG"u8.ToArray(), ModelError.Corrupt, "ends after 2 bytes, within its header: replace it with a whole copy." },
        {
            "another magic", "PK\x3\x4zip!"u8.ToArray(), ModelError.Corrupt,
            "begins with 504B0304 instead of \"GGUF\", so it is no GGUF file: replace it with a whole copy."
        },
        {
            "version 1", RawGguf.Header(0, 0, version: 1).ToArray(), ModelError.Unsupported,
            "has version 1 of the GGUF format: choose a copy in version 2 or 3."
        },
        {
            "version 4", RawGguf.Header(0, 0, version: 4).ToArray(), ModelError.Unsupported,
            "has version 4 of the GGUF format: choose a copy in version 2 or 3."
        },
        {
            "big-endian", RawGguf.Header(0, 0, version: 3u << 24).ToArray(), ModelError.Unsupported,
            "is big-endian: choose a little-endian copy."
        },
        {
            "2^63 tensors", RawGguf.Header(TwoTo63, 0).ToArray(), ModelError.Corrupt,
            "claims 9223372036854775808 tensors, more than its 24 bytes can hold: replace it with a whole copy."
        },
        {
            "2^63 keys", RawGguf.Header(0, TwoTo63).ToArray(), ModelError.Corrupt,
            "claims 9223372036854775808 metadata keys, more than its 24 bytes can hold: replace it with a whole copy."
        },
        {
            "a text of 2^63 bytes", RawGguf.Header(0, 1).U64(TwoTo63).U64(0).ToArray(), ModelError.Corrupt,
            "has a metadata key of 9223372036854775808 bytes, more than its 40 bytes can hold: replace it with a whole copy."
        },
        {
            "an array of 2^62 numbers", RawGguf.Header(0, 1).Items("a", Int32, 1UL << 62).ToArray(), ModelError.Corrupt,
            "claims 4611686018427387904 items in \"a\", more than its 49 bytes can hold: replace it with a whole copy."
        },
        {
            "an array of 2^62 texts", RawGguf.Header(0, 1).Items("a", Text, 1UL << 62).ToArray(), ModelError.Corrupt,
            "claims 4611686018427387904 items in \"a\", more than its 49 bytes can hold: replace it with a whole copy."
        },
        {
            "arrays within arrays", RawGguf.Header(0, 1).Items("a", 9, 1).ToArray(), ModelError.Unsupported,
            "has arrays within arrays under \"a\": choose a model without them."
        },
        {
            "an unknown value type", RawGguf.Header(0, 1).Text("a").U32(13).U32(0).ToArray(), ModelError.Corrupt,
            "gives \"a\" the unknown type 13: replace it with a whole copy."
        },
        {
            "an unknown item type", RawGguf.Header(0, 1).Items("a", 99, 0).ToArray(), ModelError.Corrupt,
            "gives the items of \"a\" the unknown type 99: replace it with a whole copy."
        },
        {
            "a flag that is neither", RawGguf.Header(0, 1).Text("a").U32(7).Raw([2]).ToArray(), ModelError.Corrupt,
            "has the value 2 in the flag \"a\": replace it with a whole copy."
        },
        {
            "a key without a name", RawGguf.Header(0, 1).Key("", "value").ToArray(), ModelError.Corrupt,
            "has a metadata key \"\" that is not 1 to 65535 bytes long: replace it with a whole copy."
        },
        {
            "the same key twice", RawGguf.Header(0, 2).Key("a", "x").Key("a", "y").ToArray(), ModelError.Corrupt,
            "has the metadata key \"a\" twice: replace it with a whole copy."
        },
        {
            "a key that would write to the terminal", RawGguf.Header(0, 2).Key("\e[2J", "x").Key("\e[2J", "y").ToArray(), ModelError.Corrupt,
            "has the metadata key \"�[2J\" twice: replace it with a whole copy."
        },
        {
            "header cut short", RawGguf.OneTensor().Text("t").U32(1).U64(1).ToArray(), ModelError.Corrupt,
            "ends after 90 bytes, within its header: replace it with a whole copy."
        },
        {
            "no architecture", RawGguf.Header(0, 0).ToArray(), ModelError.Corrupt,
            "has no text under \"general.architecture\": replace it with one that has it."
        },
        {
            "an alignment of 0", RawGguf.Header(0, 1).Key("general.alignment", 0).ToArray(), ModelError.Corrupt,
            "has the \"general.alignment\" \"0\", which is no power of two: replace it with a whole copy."
        },
        {
            "an alignment of 48", RawGguf.Header(0, 1).Key("general.alignment", 48).ToArray(), ModelError.Corrupt,
            "has the \"general.alignment\" \"48\", which is no power of two: replace it with a whole copy."
        },
        {
            "an alignment in words", RawGguf.Header(0, 1).Key("general.alignment", "32").ToArray(), ModelError.Corrupt,
            "has the \"general.alignment\" \"32\", which is no power of two: replace it with a whole copy."
        },
        {
            "the same tensor twice",
            RawGguf.Header(2, 1).Key("general.architecture", "llama").Tensor("t", F32, 0, 1).Tensor("t", F32, 32, 1).Data(64).ToArray(),
            ModelError.Corrupt, "has the tensor \"t\" twice: replace it with a whole copy."
        },
        {
            "a tensor's name of 64 bytes", RawGguf.OneTensor().Tensor(new string('n', 64), F32, 0, 1).Data(32).ToArray(), ModelError.Corrupt,
            $"has a tensor name \"{new string('n', 60)}…\" that is not 1 to 63 bytes long: replace it with a whole copy."
        },
        {
            "rank 0", RawGguf.OneTensor().Tensor("t", F32, 0).Data(32).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" of 0 dimensions, which is not 1 to 4: replace it with a whole copy."
        },
        {
            "rank 5", RawGguf.OneTensor().Tensor("t", F32, 0, 1, 1, 1, 1, 1).Data(32).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" of 5 dimensions, which is not 1 to 4: replace it with a whole copy."
        },
        {
            "an extent of 0", RawGguf.OneTensor().Tensor("t", F32, 0, 4, 0).Data(32).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" with the impossible extent 0: replace it with a whole copy."
        },
        {
            "extents that overflow", RawGguf.OneTensor().Tensor("t", F32, 0, 1UL << 32, 1UL << 32).Data(32).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" with the impossible extent 4294967296: replace it with a whole copy."
        },
        {
            "extents that overflow to something small",
            RawGguf.OneTensor().Tensor("t", F32, 0, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue).Data(32).ToArray(),
            ModelError.Corrupt, "has a tensor \"t\" with the impossible extent 18446744073709551615: replace it with a whole copy."
        },
        {
            "a removed tensor type", RawGguf.OneTensor().Tensor("t", 31, 0, 32).Data(32).ToArray(), ModelError.Unsupported,
            "has a tensor \"t\" of the unknown type 31: choose another quantisation."
        },
        {
            "an unknown tensor type", RawGguf.OneTensor().Tensor("t", uint.MaxValue, 0, 32).Data(32).ToArray(), ModelError.Unsupported,
            "has a tensor \"t\" of the unknown type 4294967295: choose another quantisation."
        },
        {
            "half a block", RawGguf.OneTensor().Tensor("t", (uint)GgmlType.Q4_K, 0, 128, 2).Data(256).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" with rows of 128, which are no whole blocks of 256 (Q4_K): replace it with a whole copy."
        },
        {
            "an unaligned offset", RawGguf.OneTensor().Tensor("t", F32, 4, 1).Data(64).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" at offset 4, which is no multiple of 32: replace it with a whole copy."
        },
        {
            "an offset that overflows", RawGguf.OneTensor().Tensor("t", F32, ulong.MaxValue - 31, 8).Data(32).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" that needs 32 bytes from offset 18446744073709551584 on, but the file has 160 in all: replace it with a whole copy."
        },
        {
            "a tensor larger than the file", RawGguf.OneTensor().Tensor("t", F32, 0, 1UL << 40).Data(32).ToArray(), ModelError.Corrupt,
            "has a tensor \"t\" that needs 4398046511104 bytes from offset 0 on, but the file has 160 in all: replace it with a whole copy."
        },
        {
            "data cut short", RawGguf.OneTensor().Tensor("t", F32, 0, 32).Data(127).ToArray(), ModelError.Corrupt,
            "ends after 255 bytes, but its tensor \"t\" after 256: replace it with a whole copy."
        },
        {
            "tensors that overlap",
            RawGguf.Header(2, 1).Key("general.architecture", "llama").Tensor("t", F32, 0, 16).Tensor("u", F32, 32, 1).Data(64).ToArray(),
            ModelError.Corrupt, "has a tensor \"u\" at byte 192, within the tensor before it: replace it with a whole copy."
        },
        {
            "fewer scores than tokens",
            RawGguf.Header(0, 2).Items("tokenizer.ggml.tokens", Text, 2).Text("a").Text("b")
                .Items("tokenizer.ggml.scores", Float32, 1).U32(0).ToArray(),
            ModelError.Corrupt, "has 1 items under \"tokenizer.ggml.scores\" for 2 tokens: replace it with a whole copy."
        },
        {
            "fewer token types than tokens",
            RawGguf.Header(0, 2).Items("tokenizer.ggml.tokens", Text, 2).Text("a").Text("b")
                .Items("tokenizer.ggml.token_type", Int32, 1).U32(0).ToArray(),
            ModelError.Corrupt, "has 1 items under \"tokenizer.ggml.token_type\" for 2 tokens: replace it with a whole copy."
        },
        {
            "scores in bytes",
            RawGguf.Header(0, 2).Items("tokenizer.ggml.tokens", Text, 1).Text("a").Items("tokenizer.ggml.scores", 0, 1).Raw([0]).ToArray(),
            ModelError.Corrupt, "has items of the wrong type under \"tokenizer.ggml.scores\": replace it with a whole copy."
        },
        {
            "more layers than the engine takes",
            RawGguf.Header(0, 2).Key("general.architecture", "llama").Key("llama.block_count", 513).ToArray(), ModelError.Unsupported,
            "has 513 under \"llama.block_count\", and the engine takes 1 to 512: choose another model."
        },
        {
            "more experts in use than there are",
            RawGguf.Header(0, 3).Key("general.architecture", "llama").Key("llama.expert_count", 8).Key("llama.expert_used_count", 9).ToArray(),
            ModelError.Corrupt, "uses 9 of 8 experts, and the engine takes 512 at most: replace it with a whole copy."
        },
        {
            "experts of which none is used",
            RawGguf.Header(0, 2).Key("general.architecture", "llama").Key("llama.expert_count", 8).ToArray(),
            ModelError.Corrupt, "uses 0 of 8 experts, and the engine takes 512 at most: replace it with a whole copy."
        },
        {
            "groups without experts",
            RawGguf.Header(0, 2).Key("general.architecture", "llama").Key("llama.expert_group_count", 2).ToArray(),
            ModelError.Corrupt, "has 0 experts in 2 groups: replace it with a whole copy."
        },
        {
            "no layers",
            RawGguf.Header(0, 2).Key("general.architecture", "llama").Key("llama.block_count", 0).ToArray(), ModelError.Unsupported,
            "has 0 under \"llama.block_count\", and the engine takes 1 to 512: choose another model."
        },
        {
            "more predicting layers than layers",
            RawGguf.Header(0, 3).Key("general.architecture", "llama").Key("llama.block_count", 1).Key("llama.nextn_predict_layers", 2).ToArray(),
            ModelError.Corrupt, "predicts with 2 of 1 layers: replace it with a whole copy."
        },
        {
            "an unknown kind of rope scaling",
            RawGguf.Header(0, 2).Key("general.architecture", "llama").Key("llama.rope.scaling.type", "x").ToArray(), ModelError.Unsupported,
            "has \"x\" under \"llama.rope.scaling.type\": choose another model."
        },
        {
            "an epsilon that is no number",
            RawGguf.Header(0, 2).Key("general.architecture", "llama")
                .Text("llama.attention.layer_norm_rms_epsilon").U32(Float32).U32(BitConverter.SingleToUInt32Bits(float.NaN)).ToArray(),
            ModelError.Corrupt, "has the value NaN under \"llama.attention.layer_norm_rms_epsilon\": replace it with a whole copy."
        },
        {
            "the same token twice",
            RawGguf.Header(0, 1).Items("tokenizer.ggml.tokens", Text, 2).Text("a").Text("a").ToArray(), ModelError.Corrupt,
            "has the token \"a\" twice: replace it with a whole copy."
        },
        {
            "a vocabulary that cannot spell",
            RawGguf.Header(0, 2).Key("tokenizer.ggml.model", "llama").Items("tokenizer.ggml.tokens", Text, 2).Text("<0x00>").Text("a").ToArray(),
            ModelError.Unsupported, "has no token for the byte 1: choose another model."
        },
        {
            "bytes among words",
            RawGguf.Header(0, 3).Key("tokenizer.ggml.model", "bert").Items("tokenizer.ggml.tokens", Text, 1).Text("a")
                .Items("tokenizer.ggml.token_type", Int32, 1).U32(6).ToArray(),
            ModelError.Corrupt, "has tokens for bytes in a vocabulary of words: replace it with a whole copy."
        },
        {
            "a vector of halves", RawGguf.OneTensor().Tensor("a_norm.weight", (uint)GgmlType.F16, 0, 8, 1).Data(32).ToArray(), ModelError.Unsupported,
            "has a tensor \"a_norm.weight\" of type F16, which the engine cannot compute with: choose another quantisation."
        },
        {
            "a matrix of integers", RawGguf.OneTensor().Tensor("a.weight", (uint)GgmlType.I8, 0, 8, 2).Data(32).ToArray(), ModelError.Unsupported,
            "has a tensor \"a.weight\" of type I8, which the engine cannot compute with: choose another quantisation."
        },
        {
            "part 4 of 3", RawGguf.Header(0, 2).Key("split.no", 3).Key("split.count", 3).ToArray(), ModelError.Corrupt,
            "says that it is part 4 of 3: replace it with a whole copy."
        },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_is_refused_with_a_sentence(string kind, byte[] bytes, ModelError expected, string message)
    {
        var path = _folder["hostile.gguf"];
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<ModelException>(() => GgufFile.Read(path));

        Assert.True((expected, $"The model file \"hostile.gguf\" {message}") == (error.Error, error.Message), $"{kind}: {error.Error}, {error.Message}");
    }

    [Fact]
    public void A_header_larger_than_any_models_is_refused_before_it_fills_the_memory()
    {
        var path = _folder["hostile.gguf"];
        File.WriteAllBytes(path, RawGguf.Header(0, 1).Items("a", 0, 1UL << 27).ToArray());
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(1L << 28);
        }

        var error = Assert.Throws<ModelException>(() => GgufFile.Read(path));

        Assert.Equal(
            "The model file \"hostile.gguf\" claims 134217728 items in \"a\", more than a header of 64 MiB can hold: choose a smaller model.",
            error.Message);
    }
}
