using PersonalAi.Adapters.Llama;

namespace PersonalAi.Assistant.Chat;

/// <summary>Plans the context window from exact token counts: nothing is ever cut to make it fit.</summary>
/// <param name="client">Counts tokens as the model will see them.</param>
/// <param name="maxAnswerTokens">The longest answer that is asked for.</param>
internal sealed class ContextBudget(LlamaChatClient client, int maxAnswerTokens)
{
    /// <summary>
    /// What is kept free for the answer: what is asked for, but at most a quarter of the window, and at least a sixth, so that a summary
    /// always finds room there.
    /// </summary>
    public int AnswerReserve { get; } = Math.Clamp(maxAnswerTokens, client.ContextLength / 6, client.ContextLength / 4);

    /// <summary>What a prompt of these parts takes.</summary>
    public WindowPlan Plan(string instructions, ConversationWindow window, string text)
    {
        // Counted from whole prompts and by difference, because a template may write the same message differently in another place.
        var newTurn = Count("", ConversationWindow.Empty, text);
        var withSystem = Count(instructions, window with { Turns = [] }, text);
        var whole = window.Turns.Count == 0 ? withSystem : Count(instructions, window, text);
        return new WindowPlan(client.ContextLength, withSystem - newTurn, whole - withSystem, window.Turns.Count, newTurn, AnswerReserve)
        {
            HasSummary = window.Summary is not null,
        };
    }

    /// <summary>How many of the newest turns stay when older ones are replaced by a summary: those that take half of the room at most.</summary>
    public int TurnsToKeep(string instructions, ConversationWindow window, string text)
    {
        var room = (client.ContextLength - AnswerReserve) / 2;
        var keep = window.Turns.Count - 1;
        while (keep > 0 && Plan(instructions, window with { Turns = [.. window.Turns.TakeLast(keep)] }, text).Prompt > room)
        {
            keep--;
        }

        return Math.Max(keep, 0);
    }

    private int Count(string instructions, ConversationWindow window, string text) =>
        client.CountTokens(PromptBuilder.Build(instructions, window, text));
}
