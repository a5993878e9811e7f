using PersonalAi.Assistant.Chat;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>A turn that may need tools.</summary>
/// <param name="Turn">What the user asks for.</param>
/// <param name="Stored">The turn, as it is stored.</param>
/// <param name="Window">What stands in the window before it.</param>
/// <param name="Taint">The untrusted text in the window, what was recalled for the turn included.</param>
internal sealed record ToolOccasion(ChatTurn Turn, TurnId Stored, ConversationWindow Window, Taint Taint)
{
    /// <summary>The tokens that explanations of tools may take.</summary>
    public int Room { get; init; }

    /// <summary>The tokens that are kept free for the answer.</summary>
    public int AnswerReserve { get; init; }
}
