using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using PersonalAi.Adapters.Frontier.Answers;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace PersonalAi.Adapters.Frontier.OpenAI;

/// <summary>Chat completions as an <see cref="IChatClient"/>: text in, streamed text out.</summary>
/// <param name="chat">The SDK.</param>
/// <param name="options">How the model is asked.</param>
/// <param name="isSelfHosted">Whether it is a server of one's own, which may know older names only.</param>
internal sealed class OpenAIChatClient(ChatClient chat, FrontierOptions options, bool isSelfHosted) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in chat.CompleteChatStreamingAsync(messages.Select(Message), Request(), cancellationToken))
        {
            RequireNoError(update);
            yield return Update(update);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static global::OpenAI.Chat.ChatMessage Message(ChatMessage message) => message.Role.Value switch
    {
        "system" => new SystemChatMessage(message.Text),
        "assistant" => new AssistantChatMessage(message.Text),
        _ => new UserChatMessage(message.Text),
    };

#pragma warning disable SCME0001 // The only way to what the SDK has no property for.
    private ChatCompletionOptions Request()
    {
        if (!isSelfHosted)
        {
            return new ChatCompletionOptions { MaxOutputTokenCount = options.MaxOutputTokens, Temperature = options.Temperature, StoredOutputEnabled = false };
        }

        // The newer name of the limit, max_completion_tokens, is not known to all of them.
        var request = new ChatCompletionOptions { Temperature = options.Temperature };
        request.Patch.Set("$.max_tokens"u8, options.MaxOutputTokens);
        return request;
    }

    // The SDK takes an error in the middle of a stream for a piece with nothing in it.
    private static void RequireNoError(StreamingChatCompletionUpdate update)
    {
        if (update.Patch.Contains("$.error"u8) && ServerWords.Of(Error(update)) is { } words)
        {
            throw new RefusalException((int)HttpStatusCode.OK, words, wait: null);
        }
    }

    private static JsonElement Error(StreamingChatCompletionUpdate update) => JsonElement.Parse($"{{\"error\":{update.Patch.GetJson("$.error"u8)}}}");
#pragma warning restore SCME0001

    private static ChatResponseUpdate Update(StreamingChatCompletionUpdate update)
    {
        var contents = new List<AIContent>();
        contents.AddRange(update.ContentUpdate.Where(part => !string.IsNullOrEmpty(part.Text)).Select(part => new TextContent(part.Text)));
        contents.AddRange(update.ToolCallUpdates.Where(call => !string.IsNullOrEmpty(call.FunctionName)).Select(call => new FunctionCallContent(call.ToolCallId ?? "", call.FunctionName)));
        if (!string.IsNullOrEmpty(update.RefusalUpdate))
        {
            contents.Add(new TextContent(update.RefusalUpdate));
        }

        if (update.Usage is { } usage)
        {
            contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = usage.InputTokenCount,
                OutputTokenCount = usage.OutputTokenCount,
                TotalTokenCount = usage.TotalTokenCount,
                CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
                ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
            }));
        }

        return new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ResponseId = update.CompletionId,
            MessageId = update.CompletionId,
            ModelId = update.Model,
            FinishReason = FinishReason(update.FinishReason),
        };
    }

    private static ChatFinishReason? FinishReason(global::OpenAI.Chat.ChatFinishReason? reason) => reason switch
    {
        null => null,
        global::OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        global::OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };
}
