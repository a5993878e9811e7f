using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class ModelInspectionTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_starter_is_described()
    {
        var model = ModelInspection.Of(GgufFile.Read(TestModels.StarterPath));

        Assert.Equal(("llama", "IQ2_XXS", 1_100_048_384L), (model.Architecture, model.Quantisation, model.Parameters));
        Assert.Equal((2048u, 2048u, 22u, 32u, 4u), (model.ContextLength, model.EmbeddingLength, model.Layers, model.Heads, model.KvHeads));
        Assert.Equal(("llama", 32_000, null, null), (model.Tokenizer, model.VocabularySize, model.Licence, model.Split));
        Assert.StartsWith("{% for message in messages %}\n{% if message['role'] == 'user' %}\n{{ '<|user|>", model.ChatTemplate, StringComparison.Ordinal);
        Assert.Equal(
            [
                new TensorTypeShare(GgmlType.IQ2_XXS, 130, 240_869_376), new TensorTypeShare(GgmlType.Q5_K, 1, 45_056_000),
                new TensorTypeShare(GgmlType.Q2_K, 3, 29_073_408), new TensorTypeShare(GgmlType.Q4_K, 22, 6_488_064),
                new TensorTypeShare(GgmlType.F32, 45, 368_640),
            ],
            model.Types);
    }

    [Fact]
    public void The_starters_needs_are_what_llama_cpp_logs()
    {
        var needs = ModelInspection.Of(GgufFile.Read(TestModels.StarterPath)).Needs;

        // KV 44.00 MiB, compute 70.50 MiB with flash attention and 153.01 MiB without, at a context of 2048.
        Assert.Equal((2048u, 44L << 20, 22_528L), (needs.ContextLength, needs.KvBytesF16, needs.KvBytesPerTokenF16));
        Assert.Equal((11_968L, 11_968L * 2048), (needs.KvBytesPerTokenQ8, needs.KvBytesQ8));
        Assert.Equal((70.50, 153.00), (needs.ComputeBytes / 1048576.0, needs.ComputeBytesWithoutFlashAttention / 1048576.0));
    }

    [Fact]
    public void Without_flash_attention_the_working_memory_grows_with_the_context()
    {
        var file = GgufFile.Read(TestModels.StarterPath);

        // llama.cpp logs 285.01 and 549.01 MiB.
        Assert.Equal(
            (285.0, 549.0),
            (ModelNeeds.Of(file, 4096).ComputeBytesWithoutFlashAttention / 1048576.0, ModelNeeds.Of(file, 8192).ComputeBytesWithoutFlashAttention / 1048576.0));
    }

    [Fact]
    public void Llama_2_13B_keeps_0_82_MB_per_token()
    {
        var writer = new GgufWriter();
        var shape = new LlamaShape() { Layers = 40, Width = 5120, Hidden = 13824, Heads = 40, KvHeads = 40, Context = 4096 };
        shape.Describe(writer, "Llama 2 13B", fileType: 15, GgufFile.Read(TestModels.StarterPath), withTemplate: false);

        var model = ModelInspection.Of(Write(writer));

        Assert.Equal(("Q4_K_M", 819_200L, 435_200L), (model.Quantisation, model.Needs.KvBytesPerTokenF16, model.Needs.KvBytesPerTokenQ8));
        Assert.Equal((3_355_443_200L, 1_782_579_200L), (model.Needs.KvBytesF16, model.Needs.KvBytesQ8));
    }

    [Fact]
    public void Heads_that_differ_by_layer_are_added_up()
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "test");
        writer.Add("test.block_count", 3u);
        writer.Add("test.embedding_length", 64u);
        writer.Add("test.attention.head_count", 4u);
        writer.Add("test.attention.head_count_kv", new[] { 1, 0, 2 });

        var model = ModelInspection.Of(Write(writer));

        Assert.Equal((1u, 3L * 2 * 16 * sizeof(short)), (model.KvHeads, model.Needs.KvBytesPerTokenF16));
    }

    [Fact]
    public void Numbers_beyond_all_measure_do_not_overflow()
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "test");
        writer.Add("test.block_count", 512u);
        writer.Add("test.context_length", uint.MaxValue);
        writer.Add("test.attention.head_count", uint.MaxValue);
        writer.Add("test.attention.key_length", uint.MaxValue);

        var needs = ModelInspection.Of(Write(writer)).Needs;

        Assert.Equal(
            (long.MaxValue, long.MaxValue, long.MaxValue),
            (needs.KvBytesPerTokenF16, needs.KvBytesF16, needs.ComputeBytesWithoutFlashAttention));
    }

    [Fact]
    public void The_embedding_model_keeps_no_keys_and_values()
    {
        var model = ModelInspection.Of(GgufFile.Read(TestModels.MiniLmPath));

        Assert.Equal(("bert", "all-MiniLM-L6-v2", "apache-2.0"), (model.Architecture, model.Name, model.Licence));
        Assert.Equal((512u, 384u, 6u, 12u), (model.ContextLength, model.EmbeddingLength, model.Layers, model.Heads));
        Assert.Equal((30_522, 0L), (model.VocabularySize, model.Needs.KvBytesPerTokenF16));
    }

    [Fact]
    public void A_file_that_does_not_name_its_quantisation_is_judged_by_its_bytes()
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "test");
        writer.AddTensor("large", GgmlType.Q8_0, [64], (_, output) => output.Write(new byte[68]));
        writer.AddTensor("small", GgmlType.F32, [16], (_, output) => output.Write(new byte[64]));

        Assert.Equal("Q8_0", ModelInspection.Of(Write(writer)).Quantisation);
    }

    private GgufFile Write(GgufWriter writer)
    {
        using (var output = File.Create(_folder["test.gguf"]))
        {
            writer.WriteTo(output);
        }

        return GgufFile.Read(_folder["test.gguf"]);
    }
}
