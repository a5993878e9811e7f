using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Fit;

public sealed class FitTableTests : IDisposable
{
    private const long GB = 1_000_000_000;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_context_has_both_cache_types_and_one_to_four_windows()
    {
        var table = FitTable.Of(GgufFile.Read(TestModels.StarterPath), new RunWishes(), tuned: null, new MachineMemory(32 * GB, 30 * GB));

        Assert.Equal(
            [
                (512, KvCacheType.F16, 512), (512, KvCacheType.F16, 1024), (512, KvCacheType.F16, 2048),
                (512, KvCacheType.Q8, 512), (512, KvCacheType.Q8, 1024), (512, KvCacheType.Q8, 2048),
                (1024, KvCacheType.F16, 1024), (1024, KvCacheType.F16, 2048), (1024, KvCacheType.F16, 4096),
                (1024, KvCacheType.Q8, 1024), (1024, KvCacheType.Q8, 2048), (1024, KvCacheType.Q8, 4096),
                (2048, KvCacheType.F16, 2048), (2048, KvCacheType.F16, 4096), (2048, KvCacheType.F16, 8192),
                (2048, KvCacheType.Q8, 2048), (2048, KvCacheType.Q8, 4096), (2048, KvCacheType.Q8, 8192),
            ],
            table.Options.Select(option => (option.Context.ContextLength!.Value, option.Context.KeyValueType, option.Context.CacheTokens!.Value)));
    }

    // Of Llama 2 13B's shape without its weights: 0.82 MB a token at f16, 0.44 at q8_0.
    [Theory]
    [InlineData(40, 4096, KvCacheType.F16, 4)]
    [InlineData(6, 4096, KvCacheType.F16, 1)]
    [InlineData(3, 4096, KvCacheType.Q8, 1)]
    [InlineData(2, 2048, KvCacheType.Q8, 1)]
    public void The_longest_context_comes_first_then_16_bits_then_more_windows(long available, int context, KvCacheType type, int windows)
    {
        var table = FitTable.Of(Llama13B(), new RunWishes(), tuned: null, new MachineMemory(64 * GB, available * GB));

        var best = table.Recommended!.Context;
        Assert.Equal((context, type, windows), (best.ContextLength, best.KeyValueType, best.CacheTokens / best.ContextLength));
    }

    [Fact]
    public void Where_nothing_fits_nothing_is_recommended()
    {
        var table = FitTable.Of(Llama13B(), new RunWishes(), tuned: null, new MachineMemory(GB, GB / 10));

        Assert.Null(table.Recommended);
        Assert.All(table.Options, option => Assert.Equal(MemoryVerdict.NoRoom, option.Verdict));
    }

    private GgufFile Llama13B()
    {
        var writer = new GgufWriter();
        var shape = new LlamaShape { Layers = 40, Width = 5120, Hidden = 13824, Heads = 40, KvHeads = 40, Context = 4096 };
        shape.Describe(writer, "Llama 2 13B", fileType: 15, GgufFile.Read(TestModels.StarterPath), withTemplate: false);
        using (var output = File.Create(_folder["13b.gguf"]))
        {
            writer.WriteTo(output);
        }

        return GgufFile.Read(_folder["13b.gguf"]);
    }
}
