using System.Globalization;
using System.Text.RegularExpressions;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Fit;

/// <summary>
/// Compares with a dry run of llama.cpp: a model without weights, whose contexts reserve nothing and log what they would. The log is
/// one for the whole process, so no other test may load a model meanwhile.
/// </summary>
[Collection(nameof(MemoryNeedsTests))]
[CollectionDefinition(nameof(MemoryNeedsTests), DisableParallelization = true)]
public sealed partial class MemoryNeedsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int, int, bool, KvCacheType> Contexts { get; } = new()
    {
        { 512, 1, false, KvCacheType.F16 },
        { 4096, 4, false, KvCacheType.F16 },
        { 8192, 4, false, KvCacheType.F16 },
        { 8192, 4, true, KvCacheType.F16 },
        { 8192, 4, true, KvCacheType.Q8 },
        { 32768, 2, true, KvCacheType.F16 },
    };

    [Theory]
    [MemberData(nameof(Contexts))]
    public void The_starter_needs_what_llama_cpp_says(int cells, int sequences, bool flashAttention, KvCacheType type) =>
        AssertAsDry(TestModels.StarterPath, Options(cells, sequences, flashAttention, type));

    [Theory]
    [MemberData(nameof(Contexts))]
    public void A_deep_and_narrow_model_needs_what_llama_cpp_says(int cells, int sequences, bool flashAttention, KvCacheType type)
    {
        var shape = new LlamaShape { Layers = 12, Width = 512, Hidden = 2048, Heads = 8, KvHeads = 2, Context = 32768 };
        AssertAsDry(RandomModel.Write(_folder["deep.gguf"], shape, RandomQuantisation.Q4_0), Options(cells, sequences, flashAttention, type));
    }

    private static LlamaContextOptions Options(int cells, int sequences, bool flashAttention, KvCacheType type) =>
        new() { CacheTokens = cells, Sequences = sequences, FlashAttention = flashAttention, KeyValueType = type };

    private static void AssertAsDry(string path, LlamaContextOptions options)
    {
        var needs = MemoryNeeds.Of(GgufFile.Read(path), options, repack: false);

        var (kv, compute) = DryRun(path, options);

        // The log rounds to 0.01 MiB; 8-bit keys and values take some buffers more.
        Assert.Equal(kv, needs.KvBytes / 1048576.0, 0.01);
        Assert.InRange(needs.ComputeBytes / 1048576.0, compute * 0.94, compute * 1.06);
    }

    private static (double Kv, double Compute) DryRun(string path, LlamaContextOptions options)
    {
        _ = Engine.Library;
        var lines = new List<string>();
        using var listening = NativeLog.Listen(lines.Add);
        var parameters = LlamaNative.llama_model_default_params();

        // Without mapping: llama.cpp aborts where a file is mapped and nothing may be reserved.
        (parameters.no_alloc, parameters.load_mode, parameters.use_extra_bufts) = (1, 0, 0);
        using var model = new LlamaModelHandle(LlamaNative.llama_model_load_from_file(path, parameters));
        var context = LlamaNative.llama_context_default_params();
        context.n_ctx = (uint)options.CacheTokens!.Value;
        context.n_batch = context.n_ubatch = (uint)options.BatchSize;
        context.n_seq_max = (uint)options.Sequences;
        context.kv_unified = 1;
        context.flash_attn_type = options.FlashAttention ? 1 : 0;
        context.type_k = context.type_v = (int)(options.KeyValueType == KvCacheType.Q8 ? GgmlType.Q8_0 : GgmlType.F16);
        using (new LlamaContextHandle(model, LlamaNative.llama_init_from_model(model, context)))
        {
            return (Find(lines, KvSize()), Find(lines, ComputeSize()));
        }
    }

    private static double Find(List<string> lines, Regex pattern) =>
        double.Parse(lines.Select(line => pattern.Match(line)).Last(match => match.Success).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"llama_kv_cache: size = +([0-9.]+) MiB")]
    private static partial Regex KvSize();

    [GeneratedRegex(@"compute buffer size = +([0-9.]+) MiB")]
    private static partial Regex ComputeSize();
}
