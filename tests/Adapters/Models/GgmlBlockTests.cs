using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models;

public sealed class GgmlBlockTests
{
    /// <summary><c>GGML_TYPE_COUNT</c> of the pinned engine; it reads past its table beyond.</summary>
    private const uint EngineTypes = 43;

    [Fact]
    public void Every_type_has_the_block_that_the_engine_gives_it()
    {
        var engine = Enumerable.Range(0, (int)EngineTypes)
            .Select(type => new GgmlBlock((int)EngineTables.BlockElements((uint)type), (int)EngineTables.BlockBytes((uint)type)));

        var ours = Enumerable.Range(0, (int)EngineTypes)
            .Select(type => GgmlBlock.TryOf((GgmlType)type, out var block) ? block : default);

        Assert.Equal(engine, ours);
    }

    [Fact]
    public void No_type_is_known_that_the_engine_lacks() => Assert.All(Enum.GetValues<GgmlType>(), type => Assert.True((uint)type < EngineTypes));

    [Fact]
    public void A_block_that_is_begun_counts_whole() => Assert.Equal(2 * 34, GgmlBlock.Of(GgmlType.Q8_0).BytesFor(33));
}
