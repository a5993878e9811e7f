using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Templates;
using PersonalAi.Adapters.Llama.Tools;

namespace PersonalAi.Adapters.Llama;

/// <summary>Chats with a local model.</summary>
/// <remarks>
/// The last update of a stream carries the finish reason, the usage with <see cref="UsageDetails.CachedInputTokenCount"/>, and the
/// <see cref="GenerationResult"/> as its raw representation. Cancellation throws, as everywhere in .NET: what was streamed until
/// then is valid. Where tools are offered, text is what is meant for the user; thoughts, marks and the words of calls come as
/// <see cref="TextReasoningContent"/>, and both together are what the model wrote. A message that holds them is written back word for
/// word, so store them all.
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
        ToolFormat = ToolFormats.Recognise(engine.Model.ChatTemplateSource, _template, isChosen: templateName is not null);
        _metadata = new ChatClientMetadata("llama.cpp", providerUri: null, modelId);
    }

    /// <inheritdoc/>
    public string ModelId => _metadata.DefaultModelId!;

    /// <inheritdoc/>
    public int ContextLength => _engine.ContextLength;

    /// <inheritdoc/>
    public string? TemplateName => _template?.Name;

    /// <inheritdoc/>
    public ToolFormat ToolFormat { get; }

    /// <summary>The exact number of tokens that a prompt of these messages has.</summary>
    /// <exception cref="ModelException">The template cannot express the messages.</exception>
    public int CountTokens(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => Encode(messages, options, SpecificOptions(options)).Tokens.Length;

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
        var prompt = Encode(messages, options, specific);
        var offer = specific.Raw ? null : ToolOffer.Of(options, specific, ToolFormat);
        var answer = AnswerReader.Of(ToolFormat, offer, options?.ResponseFormat, specific.Raw);
        var request = new GenerationRequest(prompt.Tokens)
        {
            AnswerStarts = prompt.AnswerStarts,
            Sampling = Combine(specific.Sampling, options),
            Adapters = specific.Adapters ?? _adapters,
            MaxTokens = options?.MaxOutputTokens,
            StopSequences = [.. options?.StopSequences ?? []],
            IgnoresEnd = specific.IgnoresEnd,
            Grammar = answer.Grammar,
            EndsAtRepeated = answer.Grammar is null || offer is null ? null : ToolFormat.CallLine,
            VisibleTokens = offer is null ? [] : ToolFormat.Tags,
            Conversation = specific.Conversation,
            Snapshot = specific.Snapshot,
        };

        var responseId = Guid.NewGuid().ToString("n");
        await foreach (var step in _engine.GenerateAsync(request, cancellationToken))
        {
            foreach (var content in answer.Read(step))
            {
                yield return Update(content);
            }

            if (step is GenerationStep.Finished { Result: var result })
            {
                yield return Update(UsageOf(result), answer.FinishReasonOf(result.End), result);
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

    private EncodedPrompt Encode(IEnumerable<ChatMessage> messages, ChatOptions? options, LlamaChatOptions specific)
    {
        var vocabulary = _engine.Model.Vocabulary;
        if (specific.Raw)
        {
            var text = new PromptPart.Content(string.Concat(messages.Select(message => message.Text)));
            return PromptEncoder.Encode(vocabulary, vocabulary.AddsBeginOfSequence ? [new PromptPart.Token(vocabulary.BeginOfSequence), text] : [text]);
        }

        if (_template is null)
        {
            throw new ModelException(
                ModelError.Unsupported,
                $"The model \"{_metadata.DefaultModelId}\" carries no chat template, so it is a base model: use \"pai ask --raw\", or set a template with --template.");
        }

        ChatMessage[] conversation = options?.Instructions is { Length: > 0 } instructions
            ? [new ChatMessage(ChatRole.System, instructions), .. messages]
            : [.. messages];
        var tools = ToolOffer.Declared(options);
        var described = tools.Count > 0 && !specific.ToolsAreDescribed ? ToolFormat.DescribeInMessage(tools, specific.ToolCalling) : null;
        return PromptEncoder.Encode(vocabulary, _template.Render(ToolConversation.Write(ToolFormat, conversation, described), vocabulary));
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

    private static UsageContent UsageOf(GenerationResult result) => new(new UsageDetails
    {
        InputTokenCount = result.PromptTokens,
        CachedInputTokenCount = result.CachedTokens,
        OutputTokenCount = result.CompletionTokens,
        TotalTokenCount = result.PromptTokens + result.CompletionTokens,
    });
}
