using Microsoft.Extensions.AI;

namespace PersonalAi.Assistant.Chat;

/// <summary>
/// Puts a prompt together: what never changes in a session first, then the turns as they happened, then the new message. So each
/// prompt begins with the one before it, and the KV cache is used again.
/// </summary>
internal static class PromptBuilder
{
    /// <summary>The messages of a prompt, oldest first.</summary>
    public static IReadOnlyList<ChatMessage> Build(string instructions, ConversationWindow window, string text)
    {
        var messages = new List<ChatMessage>(2 + (2 * window.Turns.Count));
        if (System(instructions, window.Summary) is { Length: > 0 } system)
        {
            messages.Add(new ChatMessage(ChatRole.System, system));
        }

        foreach (var turn in window.Turns)
        {
            messages.Add(new ChatMessage(ChatRole.User, turn.Memories + turn.Prompt));
            messages.Add(new ChatMessage(ChatRole.Assistant, turn.Answer));
        }

        messages.Add(new ChatMessage(ChatRole.User, text));
        return messages;
    }

    private static string System(string instructions, string? summary) =>
        summary is null ? instructions : $"{instructions}\n\nSummary of the conversation so far:\n{summary}".Trim();
}
