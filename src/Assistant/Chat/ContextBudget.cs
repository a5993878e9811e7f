using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Assistant.Chat;

/// <summary>Plans the context window from exact token counts: nothing is ever cut to make it fit.</summary>
/// <param name="client">Counts tokens as the model will see them.</param>
/// <param name="maxAnswerTokens">The longest answer that is asked for.</param>
internal sealed class ContextBudget(ILocalChatClient client, int maxAnswerTokens)
{
    /// <summary>
    /// What is kept free for the answer: what is asked for, but at most a quarter of the window, and at least a sixth, so that a summary
    /// always finds room there.
    /// </summary>
    public int AnswerReserve { get; } = Math.Clamp(maxAnswerTokens, client.ContextLength / 6, client.ContextLength / 4);

    /// <summary>What a prompt of these parts takes.</summary>
    public async Task<WindowPlan> PlanAsync(string instructions, ConversationWindow window, string text, CancellationToken cancellationToken = default)
    {
        // Counted from whole prompts and by difference, because a template may write the same message differently in another place.
        List<IReadOnlyList<ChatMessage>> prompts =
        [
            PromptBuilder.Build("", ConversationWindow.Empty, PromptBuilder.Message(text)),
            PromptBuilder.Build(instructions, window with { Turns = [] }, PromptBuilder.Message(text)),
        ];
        if (window.Turns.Count > 0)
        {
            prompts.Add(PromptBuilder.Build(instructions, window, PromptBuilder.Message(text)));
        }

        var tokens = await client.CountTokensAsync(prompts, cancellationToken: cancellationToken);
        var (newTurn, withSystem, whole) = (tokens[0], tokens[1], tokens[^1]);
        return new WindowPlan(client.ContextLength, withSystem - newTurn, whole - withSystem, window.Turns.Count, newTurn, AnswerReserve)
        {
            HasSummary = window.Summary is not null,
        };
    }

    /// <summary>How many of the newest turns stay when older ones are replaced by a summary: those that take half of the room at most.</summary>
    public async Task<int> TurnsToKeepAsync(string instructions, ConversationWindow window, string text, CancellationToken cancellationToken = default)
    {
        var room = (client.ContextLength - AnswerReserve) / 2;
        var keep = window.Turns.Count - 1;
        while (keep > 0 && await CountAsync(instructions, window with { Turns = [.. window.Turns.TakeLast(keep)] }, text, cancellationToken) > room)
        {
            keep--;
        }

        return Math.Max(keep, 0);
    }

    private Task<int> CountAsync(string instructions, ConversationWindow window, string text, CancellationToken cancellationToken) =>
        client.CountTokensAsync(PromptBuilder.Build(instructions, window, PromptBuilder.Message(text)), cancellationToken: cancellationToken);
}
