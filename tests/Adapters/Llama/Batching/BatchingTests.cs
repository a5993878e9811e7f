using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Batching;

public sealed class BatchingTests : IDisposable
{
    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    // For 120 tokens the best logit is always 0.03 above the next one, so that another order of additions cannot change the text.
    private static readonly string[] Beginnings =
    [
        "The big red ball", "Anna baked a cake", "Sam liked to play with cars", "A bear lived in the woods", "Two mice ran fast", "The sun was hot",
    ];

    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Requests_that_run_together_write_what_each_writes_alone()
    {
        await using var engine = await CreateAsync(Small);
        await using var alone = await CreateAsync(Small with { Sequences = 1 });

        var together = await Task.WhenAll(Beginnings.Select(text => RunAsync(engine, Request(text, 40))));

        foreach (var (text, answer) in Beginnings.Zip(together))
        {
            Assert.Equal((await RunAsync(alone, Request(text, 40))).Text, answer.Text);
        }
    }

    [Fact]
    public async Task A_short_request_is_answered_while_a_long_one_goes_on()
    {
        await using var engine = await CreateAsync(Small);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Test);
        await using var endless = engine.GenerateAsync(Request(Beginnings[0], 200) with { IgnoresEnd = true }, enough.Token).GetAsyncEnumerator(enough.Token);
        await endless.MoveNextAsync();

        var answer = await RunAsync(engine, Request(Beginnings[1], 5));

        Assert.Equal(5, answer.Result.CompletionTokens);
        Assert.True(await endless.MoveNextAsync());
        Assert.IsType<GenerationStep.Text>(endless.Current);
    }

    [Fact]
    public async Task Answers_that_outgrow_the_cache_together_all_come_to_their_end()
    {
        await using var engine = await CreateAsync(Small with { ContextLength = 256, CacheTokens = 256 });
        await using var alone = await CreateAsync(Small);
        GenerationRequest[] requests = [.. Beginnings.Select(text => Request(text, 120) with { IgnoresEnd = true })];

        var answers = await Task.WhenAll(requests.Select(request => RunAsync(engine, request)));

        foreach (var (request, answer) in requests.Zip(answers))
        {
            Assert.Equal((120, GenerationEnd.Length), (answer.Result.CompletionTokens, answer.Result.End));
            Assert.Equal((await RunAsync(alone, request)).Text, answer.Text);
        }
    }

    [Fact]
    public async Task Beyond_a_full_queue_a_request_is_told_that_the_engine_is_busy()
    {
        await using var engine = await CreateAsync(Small with { Sequences = 1, MaxWaiting = 2 });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Test);
        await using var running = engine.GenerateAsync(Request(Beginnings[0], 200) with { IgnoresEnd = true }, enough.Token).GetAsyncEnumerator(enough.Token);
        await running.MoveNextAsync();
        Task<(string Text, GenerationResult Result)>[] waiting = [RunAsync(engine, Request(Beginnings[1], 5)), RunAsync(engine, Request(Beginnings[2], 5))];

        var error = await Assert.ThrowsAsync<ModelException>(() => RunAsync(engine, Request(Beginnings[3], 5)));
        await enough.CancelAsync();

        Assert.Equal((ModelError.Busy, "The engine is busy: 1 requests are being answered and 2 wait; try again in a moment."), (error.Error, error.Message));
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(5, answer.Result.CompletionTokens));
    }

    [Fact]
    public async Task A_conversation_keeps_its_cache_while_others_talk()
    {
        await using var engine = await CreateAsync(Small);
        foreach (var (i, text) in Beginnings[..4].Index())
        {
            await RunAsync(engine, Request(text, 20) with { Conversation = $"{i}" });
        }

        var again = await RunAsync(engine, Request(Beginnings[0], 20) with { Conversation = "0" });

        Assert.Equal(again.Result.PromptTokens - 1, again.Result.CachedTokens);
    }

    [Fact]
    public async Task A_new_conversation_shares_the_beginning_of_another_and_leaves_it_whole()
    {
        await using var engine = await CreateAsync(Small);
        await using var cold = await CreateAsync(Small);
        const string persona = "Once upon a time there was a wise old owl who lived in a tall tree.";
        var first = await RunAsync(engine, Request($"{persona} A cat came by.", 20) with { Conversation = "cat" });

        var second = await RunAsync(engine, Request($"{persona} The dog barked.", 20) with { Conversation = "dog" });
        var back = await RunAsync(engine, Request($"{persona} A cat came by.{first.Text} The", 5) with { Conversation = "cat" });

        Assert.Equal(Tokens(persona).Length, second.Result.CachedTokens);
        Assert.Equal((await RunAsync(cold, Request($"{persona} The dog barked.", 20))).Text, second.Text);
        Assert.InRange(back.Result.PromptTokens - back.Result.CachedTokens, 1, 2);
    }

    [Fact]
    public async Task A_fifth_conversation_takes_the_place_of_the_one_that_was_silent_longest()
    {
        await using var engine = await CreateAsync(Small);
        foreach (var (i, text) in Beginnings[..5].Index())
        {
            await RunAsync(engine, Request(text, 5) with { Conversation = $"{i}" });
        }

        var second = await RunAsync(engine, Request(Beginnings[1], 5) with { Conversation = "1" });
        var first = await RunAsync(engine, Request(Beginnings[0], 5) with { Conversation = "0" });

        Assert.Equal(second.Result.PromptTokens - 1, second.Result.CachedTokens);
        Assert.Equal(1, first.Result.CachedTokens);
    }

    [Fact]
    public async Task Cancelling_one_request_leaves_the_others_as_they_are()
    {
        await using var engine = await CreateAsync(Small);
        await using var alone = await CreateAsync(Small);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Test);
        var other = RunAsync(engine, Request(Beginnings[1], 60));
        var cancelled = Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in engine.GenerateAsync(Request(Beginnings[0], 200) with { IgnoresEnd = true }, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        await cancelled;

        Assert.Equal((await RunAsync(alone, Request(Beginnings[1], 60))).Text, (await other).Text);
    }

    [Fact]
    public async Task A_thousand_requests_that_are_cancelled_anywhere_leave_an_engine_that_answers()
    {
        await using var engine = await CreateAsync(Small with { MaxWaiting = 1000 });
        var random = new Random(11);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => CancelledAsync(engine, Beginnings[i % Beginnings.Length], afterSteps: random.Next(4))));

        var answer = await RunAsync(engine, Request("Once upon a time", 9));

        Assert.Equal(1000, outcomes.Count(cancelled => cancelled));
        Assert.Equal(", there was a little girl named Lily", answer.Text);
    }

    private static async Task<bool> CancelledAsync(LlamaEngine engine, string text, int afterSteps)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Test);
        try
        {
            if (afterSteps == 0)
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(text.Length));
            }

            await foreach (var _ in engine.GenerateAsync(Request(text, 200) with { IgnoresEnd = true }, cancellation.Token))
            {
                if (--afterSteps == 0)
                {
                    await cancellation.CancelAsync();
                }
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private static LlamaContextOptions Small => new() { ContextLength = 256, CacheTokens = 1024, Threads = 1 };

    private Task<LlamaEngine> CreateAsync(LlamaContextOptions options) => LlamaEngine.CreateAsync(_model, options, Test);

    private static int[] Tokens(string text) => [1, .. Engine.Starter.Vocabulary.Tokenize(text)];

    private static GenerationRequest Request(string text, int maxTokens) => new(Tokens(text)) { MaxTokens = maxTokens, Sampling = Greedy };

    private static Task<(string Text, GenerationResult Result)> RunAsync(LlamaEngine engine, GenerationRequest request) => engine.AnswerAsync(request, Test);
}
