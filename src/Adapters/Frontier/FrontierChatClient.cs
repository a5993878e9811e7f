using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Frontier.Anthropic;
using PersonalAi.Adapters.Frontier.Answers;
using PersonalAi.Adapters.Frontier.OpenAI;
using Polly;

namespace PersonalAi.Adapters.Frontier;

/// <summary>
/// Asks a model elsewhere. Answers are always streamed on the wire, also where the caller wants them whole: so the limits of time mean
/// something, an answer that breaks off is not lost, and what a user has approved is the same bytes either way.
/// </summary>
internal sealed class FrontierChatClient(FrontierModel model, FrontierKey? key, FrontierOptions options, TimeProvider time, HttpClient http) : IChatClient
{
    private readonly FrontierOptions _options = options;
    private readonly AnswerErrors _errors = new(model, key, options);
    private readonly ResiliencePipeline<OngoingAnswer> _retries = Retries.Create(options, time);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        var wishes = Effective(options);
        RequestCheck.Require(sent, options, wishes, model.Endpoint);
        using var whole = new CancellationTokenSource(_options.Whole, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellationToken);
        await using var answer = await BeginAsync(sent, wishes, any.Token, cancellationToken);
        do
        {
            yield return answer.Current;
        }
        while (await answer.MoveNextAsync());
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey switch
    {
        null when serviceType == typeof(ChatClientMetadata) => new ChatClientMetadata(model.Endpoint.Name, model.Endpoint.Address, model.Model),
        null when serviceType.IsInstanceOfType(this) => this,
        _ => null,
    };

    public void Dispose()
    {
    }

    // Only what both wires have; the rest of them is for models here.
    private FrontierOptions Effective(ChatOptions? wishes) => _options with
    {
        MaxOutputTokens = wishes?.MaxOutputTokens ?? _options.MaxOutputTokens,
        Temperature = wishes?.Temperature ?? _options.Temperature,
    };

    private async Task<OngoingAnswer> BeginAsync(IReadOnlyList<ChatMessage> messages, FrontierOptions wishes, CancellationToken any, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(async token => await AttemptAsync(messages, wishes, token, cancellationToken), any);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.TookTooLong(error);
        }
    }

    private async Task<OngoingAnswer> AttemptAsync(IReadOnlyList<ChatMessage> messages, FrontierOptions wishes, CancellationToken any, CancellationToken cancellationToken)
    {
        var watch = new AnswerWatch(_options, time, any);
        var answer = new OngoingAnswer(_errors, watch, Open(wishes, watch).GetStreamingResponseAsync(messages, cancellationToken: watch.Token), cancellationToken);
        try
        {
            await answer.MoveNextAsync();
            return answer;
        }
        catch
        {
            await answer.DisposeAsync();
            throw;
        }
    }

    // One line for each wire.
    private IChatClient Open(FrontierOptions wishes, AnswerWatch watch) => model.Endpoint.Wire switch
    {
        FrontierWire.OpenAI => OpenAIWire.Open(model, key, wishes, http, watch),
        FrontierWire.Anthropic => AnthropicWire.Open(model, key, wishes, http, watch),
        _ => throw new ModelException(ModelError.Unsupported, $"'{model.Endpoint.Name}' speaks a language that is not known here."),
    };
}
