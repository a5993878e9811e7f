using System.Numerics.Tensors;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class LlamaEmbeddingGeneratorTests : IDisposable
{
    // 16-bit weights and another implementation than the published figures were made with.
    private const float Tolerance = 0.002f;

    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.MiniLmPath);
    private readonly LlamaEmbeddingGenerator _generator;

    public LlamaEmbeddingGeneratorTests() =>
        _generator = new LlamaEmbeddingGenerator(_model, "minilm", new LlamaEmbeddingOptions { Threads = 1 });

    public void Dispose()
    {
        _generator.Dispose();
        _model.Dispose();
    }

    // Published for all-MiniLM-L6-v2 in the documentation of sentence-transformers: paraphrase mining, semantic search, quickstart.
    [Theory]
    [InlineData("A man is eating food.", "A man is eating a piece of bread.", 0.7553f)]
    [InlineData("A man is eating pasta.", "A man is eating food.", 0.7035f)]
    [InlineData("A man is eating pasta.", "A man is eating a piece of bread.", 0.5272f)]
    [InlineData("A man is eating pasta.", "A man is riding a horse.", 0.1889f)]
    [InlineData("The weather is lovely today.", "It's so sunny outside!", 0.6660f)]
    [InlineData("The weather is lovely today.", "He drove to the stadium.", 0.1046f)]
    public async Task Cosines_agree_with_the_published_model(string first, string second, float published)
    {
        var vectors = await _generator.GenerateAsync([first, second], cancellationToken: TestContext.Current.CancellationToken);

        var cosine = TensorPrimitives.Dot(vectors[0].Vector.Span, vectors[1].Vector.Span);
        Assert.Equal(published, cosine, Tolerance);
    }

    [Fact]
    public async Task Vectors_have_384_numbers_and_length_1()
    {
        var vector = (await _generator.GenerateAsync(["Hello"], cancellationToken: TestContext.Current.CancellationToken))[0].Vector;

        Assert.Equal(384, vector.Length);
        Assert.Equal(1f, TensorPrimitives.Norm(vector.Span), 1e-5f);
    }

    [Fact]
    public async Task A_batch_gives_what_single_texts_give()
    {
        string[] texts = [.. Enumerable.Range(0, 150).Select(i => $"Sentence number {i} about {(i % 2 == 0 ? "cats" : "the stock market and its long history")}.")];

        var batch = await _generator.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(texts.Length, batch.Count);
        foreach (var i in new[] { 0, 63, 64, 149 })
        {
            var single = await _generator.GenerateAsync([texts[i]], cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(1f, TensorPrimitives.Dot(single[0].Vector.Span, batch[i].Vector.Span), 1e-3f);
        }
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_not_cut()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 255));

        var error = await Assert.ThrowsAsync<ModelException>(() => _generator.GenerateAsync(["short", text], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(ModelError.PromptTooLong, error.Error);
        Assert.Equal("A text of 257 tokens cannot be embedded, the model takes 256: split it into chunks.", error.Message);
    }

    [Fact]
    public async Task Disposal_lets_queued_work_finish_and_may_be_repeated()
    {
        var model = LlamaModel.Load(Engine.Library, TestModels.MiniLmPath);
        var generator = new LlamaEmbeddingGenerator(model, "minilm", new LlamaEmbeddingOptions { Threads = 1 });
        var queued = generator.GenerateAsync(["Hello"], cancellationToken: TestContext.Current.CancellationToken);

        generator.Dispose();
        generator.Dispose();
        model.Dispose();

        Assert.Equal(384, Assert.Single(await queued).Vector.Length);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["Hello"], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_chat_model_is_refused()
    {
        var error = Assert.Throws<ModelException>(() => new LlamaEmbeddingGenerator(Engine.Starter, "starter"));

        Assert.Equal("The model \"starter\" is no embedding model: it does not say how to pool its tokens.", error.Message);
    }
}
