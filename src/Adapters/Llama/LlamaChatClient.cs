using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Templates;
using PersonalAi.Adapters.Llama.Text;

namespace PersonalAi.Adapters.Llama;

/// <summary>Chats with a local model.</summary>
/// <remarks>
/// The last update of a stream carries the finish reason, the usage with <see cref="UsageDetails.CachedInputTokenCount"/>, and the
/// <see cref="GenerationResult"/> as its raw representation. Cancellation throws, as everywhere in .NET: what was streamed until
/// then is valid.
/// </remarks>
public sealed class LlamaChatClient : ILocalChatClient
{
    private readonly LlamaEngine _engine;
    private readonly ChatTemplate? _template;
    private readonly ChatClientMetadata _metadata;
    private readonly AdapterSet _adapters;

    /// <param name="engine">Generates the text; it stays the caller's.</param>
    /// <param name="modelId">The model's name in responses.</param>
    /// <param name="templateName">A chat template to use instead of the file's own; see <see cref="ChatTemplates.Names"/>.</param>
    /// <param name="adapters">The adapters that act on the model; none where null.</param>
    /// <exception cref="ModelException">The template is not known (<see cref="ModelError.Unsupported"/>).</exception>
    public LlamaChatClient(LlamaEngine engine, string modelId, string? templateName = null, AdapterSet? adapters = null)
    {
        _engine = engine;
        _adapters = adapters ?? AdapterSet.Empty;
        _template = ChatTemplates.Choose(engine.Model.ChatTemplateSource, templateName);
        _metadata = new ChatClientMetadata("llama.cpp", providerUri: null, modelId);
    }

    /// <inheritdoc/>
    public string ModelId => _metadata.DefaultModelId!;

    /// <inheritdoc/>
    public int ContextLength => _engine.ContextLength;

    /// <inheritdoc/>
    public string? TemplateName => _template?.Name;

    /// <summary>The exact number of tokens that a prompt of these messages has.</summary>
    /// <exception cref="ModelException">The template cannot express the messages.</exception>
    public int CountTokens(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => Encode(messages, options, SpecificOptions(options).Raw).Tokens.Length;

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> CountTokensAsync(
        IReadOnlyList<IReadOnlyList<ChatMessage>> prompts, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<int>>([.. prompts.Select(messages => CountTokens(messages, options))]);

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelException">
    /// The prompt does not fit, the template or the response schema cannot be used, or the engine failed.
    /// </exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var specific = SpecificOptions(options);
        var prompt = Encode(messages, options, specific.Raw);
        var request = new GenerationRequest(prompt.Tokens)
        {
            AnswerStarts = prompt.AnswerStarts,
            Sampling = Combine(specific.Sampling, options),
            Adapters = specific.Adapters ?? _adapters,
            MaxTokens = options?.MaxOutputTokens,
            StopSequences = [.. options?.StopSequences ?? []],
            IgnoresEnd = specific.IgnoresEnd,
            Grammar = CompileGrammar(options?.ResponseFormat),
            Conversation = specific.Conversation,
            Snapshot = specific.Snapshot,
        };

        var responseId = Guid.NewGuid().ToString("n");
        var trim = specific.Raw ? null : new WhiteSpaceTrim();
        await foreach (var step in _engine.GenerateAsync(request, cancellationToken))
        {
            if (step is GenerationStep.Finished { Result: var result })
            {
                yield return Update(UsageOf(result), FinishReasonOf(result.End), result);
            }
            else if (step is GenerationStep.Text { Piece: var piece })
            {
                piece = trim?.Next(piece) ?? piece;
                if (piece.Length > 0)
                {
                    yield return Update(new TextContent(piece));
                }
            }
        }

        ChatResponseUpdate Update(AIContent content, ChatFinishReason? finishReason = null, object? raw = null) =>
            new(ChatRole.Assistant, [content])
            {
                ResponseId = responseId,
                MessageId = responseId,
                ModelId = _metadata.DefaultModelId,
                FinishReason = finishReason,
                RawRepresentation = raw,
            };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(_engine) ? _engine
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the engine is the caller's.</summary>
    public void Dispose()
    {
    }

    private LlamaChatOptions SpecificOptions(ChatOptions? options) =>
        options?.RawRepresentationFactory?.Invoke(this) as LlamaChatOptions ?? new LlamaChatOptions();

    private EncodedPrompt Encode(IEnumerable<ChatMessage> messages, ChatOptions? options, bool raw)
    {
        var vocabulary = _engine.Model.Vocabulary;
        var texts = messages.Select(message => new TemplateMessage(message.Role, message.Text));
        if (raw)
        {
            var text = new PromptPart.Content(string.Concat(texts.Select(message => message.Text)));
            return PromptEncoder.Encode(vocabulary, vocabulary.AddsBeginOfSequence ? [new PromptPart.Token(vocabulary.BeginOfSequence), text] : [text]);
        }

        if (_template is null)
        {
            throw new ModelException(
                ModelError.Unsupported,
                $"The model \"{_metadata.DefaultModelId}\" carries no chat template, so it is a base model: use \"pai ask --raw\", or set a template with --template.");
        }

        TemplateMessage[] conversation = options?.Instructions is { Length: > 0 } instructions
            ? [new TemplateMessage(ChatRole.System, instructions), .. texts]
            : [.. texts];
        return PromptEncoder.Encode(vocabulary, _template.Render(conversation, vocabulary));
    }

    private static SamplingOptions Combine(SamplingOptions sampling, ChatOptions? options) => sampling with
    {
        Temperature = options?.Temperature ?? sampling.Temperature,
        TopP = options?.TopP ?? sampling.TopP,
        TopK = options?.TopK ?? sampling.TopK,
        FrequencyPenalty = options?.FrequencyPenalty ?? sampling.FrequencyPenalty,
        PresencePenalty = options?.PresencePenalty ?? sampling.PresencePenalty,
        Seed = options?.Seed is { } seed ? unchecked((uint)seed) : sampling.Seed,
    };

    private static string? CompileGrammar(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } => JsonSchemaGrammar.Compile(schema),
        ChatResponseFormatJson => JsonSchemaGrammar.AnyObject,
        _ => null,
    };

    private static UsageContent UsageOf(GenerationResult result) => new(new UsageDetails
    {
        InputTokenCount = result.PromptTokens,
        CachedInputTokenCount = result.CachedTokens,
        OutputTokenCount = result.CompletionTokens,
        TotalTokenCount = result.PromptTokens + result.CompletionTokens,
    });

    private static ChatFinishReason FinishReasonOf(GenerationEnd end) =>
        end == GenerationEnd.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length;
}
