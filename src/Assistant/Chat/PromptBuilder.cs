using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Assistant.Tools;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Chat;

/// <summary>
/// Puts a prompt together: what never changes in a session first, then the turns as they happened, then the new message. So each
/// prompt begins with the one before it, and the KV cache is used again.
/// </summary>
internal static class PromptBuilder
{
    /// <summary>The messages of a prompt, oldest first.</summary>
    /// <param name="instructions">What the model is told before the conversation.</param>
    /// <param name="window">The conversation so far.</param>
    /// <param name="message">The new message.</param>
    /// <param name="tools">What tools have done for it so far.</param>
    /// <param name="answer">What has been answered so far, between calls of tools.</param>
    public static IReadOnlyList<ChatMessage> Build(string instructions, ConversationWindow window, ChatMessage message, TurnTools? tools = null, string answer = "")
    {
        var messages = new List<ChatMessage>(2 + (2 * window.Turns.Count));
        if (System(instructions, window.Summary) is { Length: > 0 } system)
        {
            messages.Add(new ChatMessage(ChatRole.System, system));
        }

        foreach (var turn in window.Turns)
        {
            messages.Add(Message(turn.Prompt, turn.Memories, turn.Tools));
            var rest = AddRounds(messages, turn.Tools, turn.Answer);
            messages.Add(Answer(turn.Tools?.Lead ?? "", rest));
        }

        messages.Add(message);
        AddRounds(messages, tools, answer);
        return messages;
    }

    /// <summary>A message of the user, with what stands before their words.</summary>
    /// <param name="text">The user's words.</param>
    /// <param name="memories">The memories that stand before them.</param>
    /// <param name="tools">What explains tools there.</param>
    public static ChatMessage Message(string text, string memories = "", TurnTools? tools = null) => tools is null or { Notes: "" }
        ? new ChatMessage(ChatRole.User, memories + text)
        : new ChatMessage(ChatRole.User, [new TextContent(memories), ToolFormat.InMessage(tools.Notes), new TextContent(text)]);

    /// <summary>Adds the answers with which tools were called, and what the tools said.</summary>
    /// <returns>What was answered after the last of them.</returns>
    private static string AddRounds(List<ChatMessage> messages, TurnTools? tools, string answer)
    {
        var start = 0;
        foreach (var round in tools?.Rounds ?? [])
        {
            var end = Math.Clamp(round.AnswerLength, start, answer.Length);
            var call = new ChatMessage(ChatRole.Assistant, answer[start..end].Trim());
            call.Contents.Add(new TextReasoningContent(round.Raw));
            foreach (var use in round.Uses)
            {
                call.Contents.Add(new FunctionCallContent(use.Id, use.Name));
            }

            messages.Add(call);
            messages.Add(new ChatMessage(ChatRole.Tool, [.. round.Uses.Select(use => new FunctionResultContent(use.Id, ToolNotes.Of(use)))]));
            start = end;
        }

        return answer[start..].Trim();
    }

    private static ChatMessage Answer(string lead, string text) => lead.Length == 0
        ? new ChatMessage(ChatRole.Assistant, text)
        : new ChatMessage(ChatRole.Assistant, [new TextReasoningContent(lead), new TextContent(text)]);

    private static string System(string instructions, string? summary) =>
        summary is null ? instructions : $"{instructions}\n\nSummary of the conversation so far:\n{summary}".Trim();
}
