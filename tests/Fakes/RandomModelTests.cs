using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
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

    [Theory]
    [MemberData(nameof(Quantisations))]
    public async Task The_engine_computes_with_it_and_finds_many_tokens_likely(RandomQuantisation quantisation)
    {
        var shape = new LlamaShape() { Layers = 3, Width = 256, Hidden = 512, Heads = 8, KvHeads = 2, Context = 128 };
        using var model = LlamaModel.Load(Engine.Library, RandomModel.Write(_folder["random.gguf"], shape, quantisation));
        await using var engine = await LlamaEngine.CreateAsync(model, new LlamaContextOptions { ContextLength = 64, Threads = 1 });

        // Numbers that are not finite, or one that outweighs all others, would give the same token for every seed.
        var texts = new HashSet<string>();
        for (var seed = 1u; seed <= 4; seed++)
        {
            texts.Add(await AnswerAsync(engine, seed));
        }

        Assert.Equal(4, texts.Count);
    }

    private static async Task<string> AnswerAsync(LlamaEngine engine, uint seed)
    {
        var sampling = new SamplingOptions { Temperature = 1, TopK = 0, TopP = 1, MinP = 0, RepeatPenalty = 1, Seed = seed };
        var request = new GenerationRequest([1, 450, 1900]) { MaxTokens = 16, Sampling = sampling, IgnoresEnd = true };
        var steps = await engine.GenerateAsync(request).ToListAsync();
        return string.Concat(steps.OfType<GenerationStep.Text>().Select(step => step.Piece));
    }
}
