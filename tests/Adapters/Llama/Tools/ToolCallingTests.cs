using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

/// <summary>The starter model calls tools.</summary>
public sealed class ToolCallingTests : IAsyncLifetime
{
    private static readonly ChatMessage Question = new(ChatRole.User, "What is the area of a triangle with a base of 10 and a height of 5?");

    private LlamaEngine _engine = null!;
    private LlamaChatClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StarterEngineAsync(contextLength: 1024);
        _client = new LlamaChatClient(_engine, "starter");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Calls_a_tool_and_reads_its_result_without_evaluating_anything_twice()
    {
        var first = await _client.GetResponseAsync([Question], Options(), TestContext.Current.CancellationToken);
        var call = first.Messages[0].Contents.OfType<FunctionCallContent>().First();
        ChatMessage[] round = [Question, first.Messages[0], new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "25")])];

        var second = await _client.GetResponseAsync(round, Options(ChatToolMode.None), TestContext.Current.CancellationToken);

        Assert.Equal(("triangle_area", ChatFinishReason.ToolCalls, ""), (call.Name, first.FinishReason, first.Text));
        Assert.False(ToolFormat.IsUnchecked(call));
        Assert.Equal((ChatFinishReason.Stop, 0), (second.FinishReason, second.Messages[0].Contents.OfType<FunctionCallContent>().Count()));
        Assert.NotEmpty(second.Text);
        Assert.InRange(second.Usage!.CachedInputTokenCount!.Value, first.Usage!.TotalTokenCount!.Value - RepeatedTokens(first) - 3, second.Usage.InputTokenCount!.Value);
    }

    [Fact]
    public async Task A_call_that_is_cut_is_none()
    {
        var options = Options(ChatToolMode.RequireAny, ToolCalling.Grammar);
        options.MaxOutputTokens = 8;

        var response = await _client.GetResponseAsync([Question], options, TestContext.Current.CancellationToken);

        Assert.Equal(("", ChatFinishReason.Length), (response.Text, response.FinishReason));
        Assert.Empty(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.StartsWith("Action: ", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_named_tool_can_be_required()
    {
        var response = await _client.GetResponseAsync([Question], Options(ChatToolMode.RequireSpecific("get_time"), ToolCalling.Grammar), TestContext.Current.CancellationToken);

        Assert.Equal("get_time", Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>()).Name);
    }

    [Fact]
    public async Task A_required_tool_that_is_not_offered_is_refused()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() =>
            _client.GetResponseAsync([Question], Options(ChatToolMode.RequireSpecific("fly")), TestContext.Current.CancellationToken));

        Assert.Equal("The tool 'fly' is required but not among those that are offered: offer it, or require another.", error.Message);
    }

    [Fact]
    public void Tools_that_the_messages_explain_are_not_explained_again()
    {
        var described = Options();
        described.RawRepresentationFactory = _ => new LlamaChatOptions { ToolsAreDescribed = true };

        Assert.Equal(_client.CountTokens([Question]), _client.CountTokens([Question], described));
        Assert.InRange(_client.CountTokens([Question], Options()), _client.CountTokens([Question]) + 40, _client.CountTokens([Question]) + 250);
    }

    // The call that was made twice and left out was evaluated all the same.
    private static long RepeatedTokens(ChatResponse response) =>
        response.Usage!.OutputTokenCount!.Value - Engine.Starter.Vocabulary.Tokenize(string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text))).Length;

    private static ChatOptions Options(ChatToolMode? mode = null, ToolCalling calling = ToolCalling.Think) => new()
    {
        Tools = [SomeTools.Area, SomeTools.Time],
        ToolMode = mode,
        Temperature = 0,
        MaxOutputTokens = 120,
        RawRepresentationFactory = _ => new LlamaChatOptions { ToolCalling = calling, Sampling = new SamplingOptions { RepeatPenalty = 1 } },
    };
}
