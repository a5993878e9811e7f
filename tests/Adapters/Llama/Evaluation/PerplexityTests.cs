using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Evaluation;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Evaluation;

public sealed class PerplexityTests : IDisposable
{
    private static readonly PerplexityOptions Short = new() { ContextLength = 128, MaxChunks = 8, Threads = 1 };

    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(128, 6888.3506, 1251.83002)]
    [InlineData(100, 4634.0347, 980.31015)]
    public async Task The_figure_is_that_of_llama_perplexity(int context, double perplexity, double standardError)
    {
        // llama-perplexity 0.7.0 (Debian llama.cpp-tools-extra): -m stories15M.F16.gguf -f wiki.test.raw -c CONTEXT -b CONTEXT --chunks 8
        var result = await PerplexityEvaluation.RunAsync(_model, WikiText(), Short with { ContextLength = context }, cancellationToken: Test);

        Assert.Equal(1, result.Perplexity / perplexity, 0.0005);
        Assert.Equal(1, result.StandardError / standardError, 0.0005);
        Assert.Equal((context, 8, 8 * (context - (context / 2) - 1)), (result.ContextLength, result.Chunks, result.ScoredTokens));
    }

    [Fact]
    public async Task Smaller_batches_give_the_same_figure()
    {
        var whole = await PerplexityEvaluation.RunAsync(_model, WikiText(), Short with { MaxChunks = 2 }, cancellationToken: Test);

        var pieces = await PerplexityEvaluation.RunAsync(_model, WikiText(), Short with { MaxChunks = 2, BatchSize = 48 }, cancellationToken: Test);

        Assert.Equal(1, pieces.Perplexity / whole.Perplexity, 0.0005);
        Assert.Equal(whole.ScoredTokens, pieces.ScoredTokens);
    }

    [Fact]
    public async Task Progress_counts_the_chunks_and_ends_with_the_result()
    {
        var progress = new Reports();

        var result = await PerplexityEvaluation.RunAsync(_model, WikiText(), Short with { MaxChunks = 3 }, progress, Test);

        Assert.Equal([(1, 3), (2, 3), (3, 3)], progress.All.Select(report => (report.Chunk, report.Chunks)));
        Assert.Equal(result.Perplexity, progress.All[^1].Perplexity);
    }

    [Fact]
    public async Task Adapters_act_on_it()
    {
        using var folder = new ScratchFolder();
        var store = new ModelStore(folder.Path, "", TimeProvider.System);
        var adapter = new RandomAdapter(RandomAdapter.StoriesShape).Write(folder["me.gguf"]);
        using var me = LlamaAdapter.Load(
            _model, await store.CheckAsync(TestModels.Stories15MPath, cancellationToken: Test), await store.Adapters.CheckAsync(adapter, cancellationToken: Test));
        var options = Short with { MaxChunks = 1 };

        var alone = await PerplexityEvaluation.RunAsync(_model, WikiText(), options, cancellationToken: Test);
        var off = await PerplexityEvaluation.RunAsync(_model, WikiText(), options with { Adapters = AdapterSet.Of(new ScaledAdapter(me, 0)) }, cancellationToken: Test);
        var on = await PerplexityEvaluation.RunAsync(_model, WikiText(), options with { Adapters = AdapterSet.Of(new ScaledAdapter(me, 1)) }, cancellationToken: Test);

        Assert.Equal(alone, off);
        Assert.True(on.Perplexity > alone.Perplexity);
    }

    [Fact]
    public async Task It_stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Reports { OnReport = cancellation.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PerplexityEvaluation.RunAsync(_model, WikiText(), Short, progress, cancellation.Token));

        Assert.Single(progress.All);
    }

    [Fact]
    public async Task A_text_that_is_too_short_is_refused_with_the_numbers()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => PerplexityEvaluation.RunAsync(_model, "Once upon a time", cancellationToken: Test));

        Assert.Equal("The text has 5 tokens, and a perplexity over contexts of 512 needs 1024: take a longer text, or a smaller --context.", error.Message);
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private static string WikiText() => File.ReadAllText(TestData.Path("wikitext/wiki.test.raw"))[..20000];

    private sealed class Reports : IProgress<PerplexityProgress>
    {
        public List<PerplexityProgress> All { get; } = [];

        public Action? OnReport { get; init; }

        public void Report(PerplexityProgress value)
        {
            All.Add(value);
            OnReport?.Invoke();
        }
    }
}
