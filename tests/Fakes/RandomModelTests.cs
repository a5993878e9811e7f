using PersonalAi.Adapters.Models;
using Xunit;

namespace PersonalAi.Tests.Fakes;

public sealed class RandomModelTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<RandomQuantisation> Quantisations { get; } = [.. Enum.GetValues<RandomQuantisation>()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Quantisations))]
    public void Every_quantisation_is_written_in_the_shape_asked_for(RandomQuantisation quantisation)
    {
        var shape = new LlamaShape() { Layers = 3, Width = 256, Hidden = 512, Heads = 8, KvHeads = 2, Context = 128 };

        var model = ModelInspection.Of(GgufFile.Read(RandomModel.Write(_folder["random.gguf"], shape, quantisation)));

        Assert.Equal(($"{quantisation}", 3u, 256u), (model.Quantisation, model.Layers, model.EmbeddingLength));
        Assert.Equal((8u, 2u, 128u), (model.Heads, model.KvHeads, model.ContextLength));
        Assert.Equal((32_000, 3 * 9 + 3), (model.VocabularySize, model.Tensors.Length));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        var shape = new LlamaShape() { Layers = 1, Width = 32, Hidden = 32 };

        var first = File.ReadAllBytes(RandomModel.Write(_folder["first.gguf"], shape));
        var second = File.ReadAllBytes(RandomModel.Write(_folder["second.gguf"], shape));

        Assert.True(first.AsSpan().SequenceEqual(second));
    }
}
