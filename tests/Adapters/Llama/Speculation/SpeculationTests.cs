using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Speculation;

public sealed class SpeculationTests : IDisposable
{
    private const string Story = "Tom had a red ball. The red ball was big. Tom had a red ball. The red ball was big. Tom had a red ball. The red ball";

    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(0f, 0)]
    [InlineData(0.3f, 1)]
    [InlineData(0.7f, 2)]
    [InlineData(1.2f, 3)]
    public async Task Guessing_tokens_leaves_the_text_as_it_is(float temperature, int seed)
    {
        var sampling = new SamplingOptions { Temperature = temperature, RepeatPenalty = 1, Seed = (uint)seed };

        var (text, guessed) = await RunAsync(speculates: true, sampling);
        var (expected, plain) = await RunAsync(speculates: false, sampling);

        Assert.Equal(expected, text);
        Assert.Equal((plain.CompletionTokens, 0, 0), (guessed.CompletionTokens, plain.DraftedTokens, plain.AcceptedTokens));
        Assert.InRange(guessed.AcceptedTokens, 0, guessed.DraftedTokens);
        Assert.Equal((60, 60), (plain.Confidence!.Tokens, guessed.Confidence!.Tokens));
        Assert.Equal(plain.Confidence.MeanMargin, guessed.Confidence.MeanMargin, 0.01);
        Assert.Equal(plain.Confidence.MeanLogProbability, guessed.Confidence.MeanLogProbability, 0.01);
    }

    [Fact]
    public async Task Where_an_answer_repeats_itself_most_guesses_are_right()
    {
        var (text, result) = await RunAsync(
            speculates: true, Greedy, request => request with { MaxTokens = 150, Grammar = "root ::= (\" The red ball was big.\"){20}" });

        Assert.Equal(string.Concat(Enumerable.Repeat(" The red ball was big.", 20)), text);
        Assert.InRange(result.AcceptedTokens, 80, result.DraftedTokens);
        Assert.InRange(result.Confidence?.Tokens ?? 0, 0, result.CompletionTokens / 4);
    }

    [Fact]
    public async Task A_draft_model_guesses_where_the_text_does_not_tell()
    {
        var options = Options(speculates: true) with { DraftModel = _model };
        await using var engine = await LlamaEngine.CreateAsync(_model, options, TestContext.Current.CancellationToken);

        var (text, result) = await RunAsync(engine, Request("Once upon a time", Greedy));
        var (again, _) = await RunAsync(engine, Request("Once upon a time", Greedy));

        await using var plain = await LlamaEngine.CreateAsync(_model, Options(speculates: false), TestContext.Current.CancellationToken);
        var (expected, _) = await RunAsync(plain, Request("Once upon a time", Greedy));
        Assert.Equal((expected, expected), (text, again));
        Assert.InRange(result.AcceptedTokens, 30, result.DraftedTokens);
    }

    [Fact]
    public async Task A_draft_model_of_another_vocabulary_is_refused()
    {
        using var folder = new ScratchFolder();
        var changed = GgufFile.Read(TestModels.StarterPath);
        Assert.True(changed.Metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens));
        var before = tokens[5000];
        tokens[5000] = "unheardof";
        using var other = LlamaModel.Load(Engine.Library, RandomModel.Write(folder["other.gguf"], new LlamaShape(), vocabulary: changed));

        var error = await Assert.ThrowsAsync<ModelException>(
            () => LlamaEngine.CreateAsync(_model, Options(speculates: true) with { DraftModel = other }, TestContext.Current.CancellationToken));

        Assert.Equal(ModelError.Unsupported, error.Error);
        Assert.EndsWith($"their vocabularies differ (token 5000 is '{before}' and 'unheardof'): choose a smaller model of the same family.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grammar_and_a_stop_text_hold_within_a_guess()
    {
        var (text, _) = await RunAsync(speculates: true, Greedy, request => request with { StopSequences = ["\nOne"] });
        var (sentence, _) = await RunAsync(speculates: true, Greedy, request => request with { Grammar = "root ::= [a-z ]+ \".\"" });

        Assert.Equal(" was red.", text);
        Assert.Equal(" was red.", sentence);
    }

    [Fact]
    public async Task An_answer_can_be_continued_after_guesses_that_were_wrong()
    {
        var sampling = new SamplingOptions { Temperature = 1.2f, RepeatPenalty = 1, Seed = 5 };
        await using var engine = await LlamaEngine.CreateAsync(_model, Options(speculates: true), TestContext.Current.CancellationToken);
        await using var plain = await LlamaEngine.CreateAsync(_model, Options(speculates: false), TestContext.Current.CancellationToken);
        var (text, _) = await RunAsync(engine, Request(Story, sampling));
        var next = Request($"{Story}{text} Then", sampling);

        var (again, result) = await RunAsync(engine, next);

        Assert.Equal((await RunAsync(plain, next)).Text, again);
        Assert.InRange(result.PromptTokens - result.CachedTokens, 1, 3);
    }

    private static LlamaContextOptions Options(bool speculates) => new() { ContextLength = 256, Threads = 1, FlashAttention = true, Speculates = speculates };

    private GenerationRequest Request(string text, SamplingOptions sampling) =>
        new([1, .. _model.Vocabulary.Tokenize(text)]) { MaxTokens = 60, IgnoresEnd = true, Sampling = sampling };

    private async Task<(string Text, GenerationResult Result)> RunAsync(
        bool speculates, SamplingOptions sampling, Func<GenerationRequest, GenerationRequest>? change = null)
    {
        await using var engine = await LlamaEngine.CreateAsync(_model, Options(speculates), TestContext.Current.CancellationToken);
        var request = Request(Story, sampling);
        return await RunAsync(engine, change is null ? request : change(request));
    }

    private static Task<(string Text, GenerationResult Result)> RunAsync(LlamaEngine engine, GenerationRequest request) =>
        engine.AnswerAsync(request, TestContext.Current.CancellationToken);
}
