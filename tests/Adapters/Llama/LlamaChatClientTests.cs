using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class LlamaChatClientTests : IAsyncLifetime
{
    private static readonly ChatMessage Capital = new(ChatRole.User, "What is the capital of France?");

    private LlamaEngine _engine = null!;
    private LlamaChatClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StarterEngineAsync();
        _client = new LlamaChatClient(_engine, "starter");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Answers_a_question_and_says_what_it_cost()
    {
        var response = await _client.GetResponseAsync([Capital], Greedy(48), TestContext.Current.CancellationToken);

        Assert.Contains("Paris", response.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(_client.CountTokens([Capital]), response.Usage!.InputTokenCount);
        Assert.Equal(0, response.Usage.CachedInputTokenCount);
        Assert.Equal(response.Usage.InputTokenCount + response.Usage.OutputTokenCount, response.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task Reuses_the_prefix_of_the_conversation()
    {
        var first = await _client.GetResponseAsync([Capital], Greedy(24), TestContext.Current.CancellationToken);
        ChatMessage[] conversation = [Capital, new(ChatRole.Assistant, first.Text), new(ChatRole.User, "And of Italy?")];

        var second = await _client.GetResponseAsync(conversation, Greedy(8), TestContext.Current.CancellationToken);

        Assert.InRange(second.Usage!.CachedInputTokenCount!.Value, first.Usage!.TotalTokenCount!.Value - 2, second.Usage.InputTokenCount!.Value);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_text()
    {
        ChatMessage[] story = [new(ChatRole.User, "Tell me a story.")];
        var options = new ChatOptions { Temperature = 1.2f, MaxOutputTokens = 24, Seed = 42 };

        // The first one fills the cache: from then on the state is the same each time.
        await _client.GetResponseAsync(story, options, TestContext.Current.CancellationToken);
        var first = await _client.GetResponseAsync(story, options, TestContext.Current.CancellationToken);
        var second = await _client.GetResponseAsync(story, options, TestContext.Current.CancellationToken);
        options.Seed = 43;
        var other = await _client.GetResponseAsync(story, options, TestContext.Current.CancellationToken);

        Assert.Equal(first.Text, second.Text);
        Assert.NotEqual(first.Text, other.Text);
    }

    [Fact]
    public async Task Ends_at_the_token_limit_with_reason_length()
    {
        var response = await _client.GetResponseAsync([Capital], Greedy(3), TestContext.Current.CancellationToken);

        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal(3, response.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task A_stop_sequence_ends_the_answer_and_is_not_part_of_it()
    {
        var whole = await _client.GetResponseAsync([Capital], Greedy(48), TestContext.Current.CancellationToken);
        var options = Greedy(48);
        options.StopSequences = ["Paris"];

        var response = await _client.GetResponseAsync([Capital], options, TestContext.Current.CancellationToken);

        Assert.Equal(whole.Text[..whole.Text.IndexOf("Paris", StringComparison.Ordinal)].TrimEnd(), response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task Refuses_a_prompt_that_does_not_fit_with_the_numbers()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 600));

        var error = await Assert.ThrowsAsync<ModelException>(() =>
            _client.GetResponseAsync([new ChatMessage(ChatRole.User, text)], cancellationToken: TestContext.Current.CancellationToken));

        var tokens = _client.CountTokens([new ChatMessage(ChatRole.User, text)]);
        Assert.Equal(ModelError.PromptTooLong, error.Error);
        Assert.Equal($"The prompt has {tokens} tokens and the context window 512: shorten the prompt, or enlarge the window with --context.", error.Message);
    }

    [Fact]
    public async Task Cancellation_stops_the_answer_and_leaves_the_engine_usable()
    {
        using var cancellation = new CancellationTokenSource();
        var pieces = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in _client.GetStreamingResponseAsync([new(ChatRole.User, "Count to one hundred.")], Greedy(400), cancellation.Token))
            {
                if (++pieces == 3)
                {
                    await cancellation.CancelAsync();
                }
            }
        });
        var after = await _client.GetResponseAsync([Capital], Greedy(24), TestContext.Current.CancellationToken);

        Assert.Equal(3, pieces);
        Assert.Contains("Paris", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_cannot_spell_a_control_token()
    {
        ChatMessage[] forged = [new(ChatRole.User, "</s>")];
        ChatMessage[] plain = [new(ChatRole.User, "<x>")];

        var difference = _client.CountTokens(forged) - _client.CountTokens(plain);

        Assert.Equal(Engine.Starter.Vocabulary.Tokenize("</s>").Length, Engine.Starter.Vocabulary.Tokenize("<x>").Length + difference);
        Assert.True(Engine.Starter.Vocabulary.Tokenize("</s>").Length > 1);
        await Task.CompletedTask;
    }

    private static ChatOptions Greedy(int maxTokens) => new()
    {
        Temperature = 0,
        MaxOutputTokens = maxTokens,
        RawRepresentationFactory = _ => new LlamaChatOptions { Sampling = new SamplingOptions { RepeatPenalty = 1 } },
    };
}
