using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Tools;

namespace PersonalAi.Adapters.Llama;

/// <summary>Chats with a model on this machine, in this process or in the engine's, and counts tokens as that model sees them.</summary>
public interface ILocalChatClient : IChatClient
{
    /// <summary>The model's name: its file without folder and ending.</summary>
    string ModelId { get; }

    /// <summary>The context window in tokens: prompt and answer together.</summary>
    int ContextLength { get; }

    /// <summary>The name of the chat template in use; null where the model has none and only raw prompts can be continued.</summary>
    string? TemplateName { get; }

    /// <summary>How the model is told of tools and calls them: its own way, or ours where it knows none.</summary>
    ToolFormat ToolFormat { get; }

    /// <summary>The exact number of tokens that each of these prompts has. Several at once cost one round trip.</summary>
    /// <exception cref="ModelException">The template cannot express the messages, or the engine failed.</exception>
    Task<IReadOnlyList<int>> CountTokensAsync(
        IReadOnlyList<IReadOnlyList<ChatMessage>> prompts, ChatOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The exact number of tokens of one prompt.</summary>
    /// <exception cref="ModelException">The template cannot express the messages, or the engine failed.</exception>
    async Task<int> CountTokensAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        (await CountTokensAsync([messages], options, cancellationToken))[0];
}
