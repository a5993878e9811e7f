using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class LlamaEngineTests
{
    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    [Fact]
    public void The_layout_check_agrees_with_the_library()
    {
        _ = Engine.Library;

        Assert.Null(LayoutCheck.FindMismatch());
    }

    [Fact]
    public unsafe void Structs_have_the_sizes_of_the_header() =>
        Assert.Equal(
            (80, 160, 56, 16, 12, 32),
            (sizeof(llama_model_params), sizeof(llama_context_params), sizeof(llama_batch), sizeof(llama_chat_message), sizeof(llama_token_data), sizeof(llama_token_data_array)));

    [Fact]
    public void A_folder_without_libraries_is_refused()
    {
        using var folder = new ScratchFolder();

        var error = Assert.Throws<ModelException>(() => EngineFiles.Find(folder.Path));

        Assert.Equal(ModelError.EngineMissing, error.Error);
        Assert.EndsWith($"were found in \"{folder.Path}\": build the project again, which installs them.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_keeps_its_model_loaded()
    {
        var model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
        await using var engine = await LlamaEngine.CreateAsync(model, Small, Test);

        model.Dispose();
        var text = await TextAsync(engine, "Once upon a time", 9);

        Assert.Equal(", there was a little girl named Lily", text);
    }

    [Fact]
    public async Task A_cached_prefix_gives_the_same_text_as_a_cold_start()
    {
        using var model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
        await using var warm = await LlamaEngine.CreateAsync(model, Small, Test);
        await using var cold = await LlamaEngine.CreateAsync(model, Small, Test);
        await TextAsync(warm, "Once upon a time there was a dog. The dog was", 10);

        var (warmText, cached) = await RunAsync(warm, "Once upon a time there was a dog. The cat was", 30);
        var (coldText, none) = await RunAsync(cold, "Once upon a time there was a dog. The cat was", 30);

        Assert.Equal(coldText, warmText);
        Assert.Equal((0, 11), (none, cached));
    }

    [Fact]
    public async Task Cancellation_takes_effect_while_the_prompt_is_evaluated()
    {
        await using var engine = await Engine.StarterEngineAsync(contextLength: 2048);
        int[] prompt = [1, .. Engine.Starter.Vocabulary.Tokenize(string.Concat(Enumerable.Repeat("word ", 1500)))];
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(engine, new GenerationRequest(prompt), cancellation.Token));
        var result = await DrainAsync(engine, new GenerationRequest(prompt[..40]) { MaxTokens = 1, Sampling = Greedy }, Test);

        // The first batch of 512 tokens takes seconds: had it been finished, its beginning would be in the cache.
        Assert.Equal((0, 1), (result.CachedTokens, result.CompletionTokens));
    }

    [Fact]
    public async Task An_answer_that_fills_the_context_ends_with_length()
    {
        using var model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
        await using var engine = await LlamaEngine.CreateAsync(model, Small with { ContextLength = 64 }, Test);
        int[] prompt = [1, .. model.Vocabulary.Tokenize("Once upon a time")];

        var result = await DrainAsync(engine, new GenerationRequest(prompt) { Sampling = Greedy }, Test);

        Assert.Equal(GenerationEnd.Length, result.End);
        Assert.Equal(engine.ContextLength, result.PromptTokens + result.CompletionTokens);
    }

    [Fact]
    public async Task A_grammar_that_llama_cpp_cannot_parse_is_refused_and_the_engine_goes_on()
    {
        await using var engine = await Engine.StarterEngineAsync();

        var error = await Assert.ThrowsAsync<ModelException>(() =>
            DrainAsync(engine, new GenerationRequest([1, 2]) { Grammar = "root ::= (" }, Test));
        var after = await DrainAsync(engine, new GenerationRequest([1, 2]) { MaxTokens = 1 }, Test);

        Assert.Equal("llama.cpp cannot parse the grammar that begins \"root ::= (\": it is a fault of the schema compiler or of a grammar of your own.", error.Message);
        Assert.Equal(1, after.CompletionTokens);
    }

    [Fact]
    public async Task Requests_wait_their_turn()
    {
        using var model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
        await using var engine = await LlamaEngine.CreateAsync(model, Small, Test);

        var texts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TextAsync(engine, "Once upon a time", 9)));

        Assert.All(texts, text => Assert.Equal(", there was a little girl named Lily", text));
    }

    [Fact]
    public async Task Disposal_lets_the_requests_before_it_finish()
    {
        var model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
        var engine = await LlamaEngine.CreateAsync(model, Small, Test);
        Task<string>[] running = [.. Enumerable.Range(0, 3).Select(_ => TextAsync(engine, "Once upon a time", 9))];

        var disposed = engine.DisposeAsync();
        model.Dispose();
        await disposed;

        Assert.All(await Task.WhenAll(running), text => Assert.Equal(", there was a little girl named Lily", text));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => DrainAsync(engine, new GenerationRequest([1, 2]), Test));
    }

    [Fact]
    public async Task A_reader_who_leaves_stops_the_generation()
    {
        using var model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
        var engine = await LlamaEngine.CreateAsync(model, Small, Test);
        var steps = engine.GenerateAsync(new GenerationRequest([1]) { Sampling = Greedy }, Test).GetAsyncEnumerator(Test);
        await steps.MoveNextAsync();

        await steps.DisposeAsync();
        var text = await TextAsync(engine, "Once upon a time", 9);
        await engine.DisposeAsync();

        Assert.Equal(", there was a little girl named Lily", text);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_before_its_turn_leaves_the_cache_as_it_is()
    {
        using var model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
        await using var engine = await LlamaEngine.CreateAsync(model, Small, Test);
        var (_, cold) = await RunAsync(engine, "Once upon a time", 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(engine, new GenerationRequest([1, 2, 3]), new CancellationToken(canceled: true)));
        var (_, warm) = await RunAsync(engine, "Once upon a time", 1);

        Assert.Equal((0, 4), (cold, warm));
    }

    [Fact]
    public void What_the_progress_report_throws_reaches_the_caller()
    {
        var error = Assert.Throws<InvalidOperationException>(() => LlamaModel.Load(Engine.Library, TestModels.Stories15MPath, null, new ThrowingReport()));

        Assert.Equal("The bar is broken.", error.Message);
    }

    [Fact]
    public void Loading_reports_progress_and_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAtFirstReport(cancellation);

        Assert.ThrowsAny<OperationCanceledException>(() => LlamaModel.Load(Engine.Library, TestModels.Stories15MPath, null, progress, cancellation.Token));
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private static LlamaContextOptions Small => new() { ContextLength = 256, Threads = 1 };

    private static async Task<string> TextAsync(LlamaEngine engine, string prompt, int maxTokens) => (await RunAsync(engine, prompt, maxTokens)).Text;

    private static async Task<(string Text, int Cached)> RunAsync(LlamaEngine engine, string prompt, int maxTokens)
    {
        var request = new GenerationRequest([1, .. engine.Model.Vocabulary.Tokenize(prompt)]) { MaxTokens = maxTokens, Sampling = Greedy };
        var (text, result) = await engine.AnswerAsync(request, Test);
        return (text, result.CachedTokens);
    }

    private static async Task<GenerationResult> DrainAsync(LlamaEngine engine, GenerationRequest request, CancellationToken cancellationToken) =>
        (await engine.AnswerAsync(request, cancellationToken)).Result;

    private sealed class ThrowingReport : IProgress<float>
    {
        public void Report(float value) => throw new InvalidOperationException("The bar is broken.");
    }

    private sealed class CancelAtFirstReport(CancellationTokenSource cancellation) : IProgress<float>
    {
        public void Report(float value) => cancellation.Cancel();
    }
}
