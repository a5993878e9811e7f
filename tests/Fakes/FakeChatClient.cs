using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tools;

namespace PersonalAi.Tests.Fakes;

/// <summary>A local model without weights: keeps what it was given, and counts a token for every four characters.</summary>
internal abstract class FakeChatClient : ILocalChatClient
{
    private readonly List<FakeRequest> _requests = [];

    /// <summary>What it was asked so far, oldest first.</summary>
    public IReadOnlyList<FakeRequest> Requests => _requests;

    public string ModelId => "fake";

    public int ContextLength { get; init; } = 1 << 20;

    public string? TemplateName => "fake";

    public ToolFormat ToolFormat { get; init; } = ToolFormats.ByName("hermes");

    public Task<IReadOnlyList<int>> CountTokensAsync(
        IReadOnlyList<IReadOnlyList<ChatMessage>> prompts, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<int>>([.. prompts.Select(prompt => TokensOf(new FakeRequest([.. prompt], options)))]);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new FakeRequest([.. messages], options);
        _requests.Add(request);
        return Updates(request, Answer(request)).ToAsyncEnumerable();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    /// <summary>What the model says.</summary>
    protected abstract IReadOnlyList<AIContent> Answer(FakeRequest request);

    private static IEnumerable<ChatResponseUpdate> Updates(FakeRequest request, IReadOnlyList<AIContent> answer)
    {
        var id = Guid.NewGuid().ToString("n");
        foreach (var content in answer.SelectMany(InPieces))
        {
            yield return Update(content);
        }

        var usage = new UsageDetails { InputTokenCount = TokensOf(request), OutputTokenCount = answer.Sum(FakeRequest.LengthOf) / 4 };
        yield return Update(new UsageContent(usage), answer.Any(content => content is FunctionCallContent) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop);

        ChatResponseUpdate Update(AIContent content, ChatFinishReason? finishReason = null) =>
            new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = "fake", FinishReason = finishReason };
    }

    // As a model's text comes: cut anywhere, inside words and inside control sequences.
    private static IEnumerable<AIContent> InPieces(AIContent content) =>
        content is TextContent { Text: var text } ? text.Chunk(5).Select(piece => new TextContent(new string(piece))) : [content];

    private static int TokensOf(FakeRequest request) => (request.WindowText.Length / 4) + (4 * request.Messages.Length);
}

/// <summary>What a model was asked.</summary>
/// <param name="Messages">The prompt.</param>
/// <param name="Options">How to answer it.</param>
internal sealed record FakeRequest(ImmutableArray<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>All that the model sees: messages, calls, results, instructions, and the tools with their descriptions and schemas.</summary>
    public string WindowText { get; } = string.Join('\n', [
        Options?.Instructions ?? "",
        .. Messages.SelectMany(message => message.Contents).Select(TextOf),
        .. (Options?.Tools ?? []).OfType<AIFunctionDeclaration>().Select(tool => $"{tool.Name}: {tool.Description}\n{tool.JsonSchema}")]);

    /// <summary>What the user said last.</summary>
    public string LastRequest => Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";

    /// <summary>How often the user spoke.</summary>
    public int UserTurns => Messages.Count(message => message.Role == ChatRole.User);

    /// <summary>How many characters of the window a content takes.</summary>
    public static int LengthOf(AIContent content) => TextOf(content).Length;

    private static string TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent thought => thought.Text,
        FunctionCallContent call => $"{call.Name} {string.Join(' ', call.Arguments?.Values ?? [])}",
        FunctionResultContent result => result.Result?.ToString() ?? "",
        _ => "",
    };
}
