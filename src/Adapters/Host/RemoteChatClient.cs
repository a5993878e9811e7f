using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tools;

namespace PersonalAi.Adapters.Host;

/// <summary>
/// Chats with a model in the engine process, as <see cref="LlamaChatClient"/> does in this one. Where the engine process has ended
/// in between, the next call starts it and loads the model again.
/// </summary>
public sealed class RemoteChatClient : ILocalChatClient
{
    private readonly EngineClient _engine;
    private readonly ModelRequest _request;
    private readonly ChatClientMetadata _metadata;

    internal RemoteChatClient(EngineClient engine, ModelRequest request, RemoteModel model)
    {
        (_engine, _request, Model) = (engine, request, model);
        ToolFormat = ToolFormats.ByName(model.ToolFormatName);
        _metadata = new ChatClientMetadata("llama.cpp", providerUri: null, request.Name);
    }

    /// <summary>What was known of the model when it was loaded.</summary>
    public RemoteModel Model { get; }

    /// <inheritdoc/>
    public string ModelId => _request.Name;

    /// <inheritdoc/>
    public int ContextLength => Model.ContextLength;

    /// <inheritdoc/>
    public string? TemplateName => Model.TemplateName;

    /// <inheritdoc/>
    public ToolFormat ToolFormat { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int>> CountTokensAsync(
        IReadOnlyList<IReadOnlyList<ChatMessage>> prompts, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new EngineCall.Count(_request, _engine.KeepFor, prompts, options, Specific(options), ToolDeclaration.Of(options));
        return (await _engine.OneAsync<EngineReply.Counts>(call, cancellationToken: cancellationToken)).Tokens;
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelException">The prompt does not fit, cannot be answered, or the engine process ended.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = new EngineCall.Chat(_request, _engine.KeepFor, [.. messages], options, Specific(options), ToolDeclaration.Of(options));
        await foreach (var reply in _engine.CallAsync(call, cancellationToken))
        {
            if (reply is EngineReply.Update { Part: var update, Result: var result })
            {
                update.RawRepresentation = result;
                yield return update;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the model stays loaded for the next one.</summary>
    public void Dispose()
    {
    }

    private LlamaChatOptions? Specific(ChatOptions? options) => options?.RawRepresentationFactory?.Invoke(this) as LlamaChatOptions;
}
