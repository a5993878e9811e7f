using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Chat;

/// <summary>What happens in a turn, in order: faces render these and nothing else.</summary>
internal abstract record ChatEvent
{
    /// <summary>Older turns were replaced by a summary, because the window was full. The turns themselves stay in the session.</summary>
    /// <param name="Turns">How many were replaced.</param>
    /// <param name="TokensBefore">The prompt as it would have been.</param>
    /// <param name="TokensAfter">The prompt as it is now.</param>
    internal sealed record Compacted(int Turns, int TokensBefore, int TokensAfter) : ChatEvent;

    /// <summary>Memories were recalled for the turn: those that the model is given, and those that were left out for lack of room.</summary>
    internal sealed record Recalled(PackedMemories Memories) : ChatEvent;

    /// <summary>The turn is stored; the model starts.</summary>
    internal sealed record Started(SessionId Session, TurnId Turn) : ChatEvent;

    /// <summary>The model asked for a tool; whether it runs is not decided yet.</summary>
    internal sealed record ToolStarted(ToolCall Call) : ChatEvent;

    /// <summary>What came of a call.</summary>
    internal sealed record ToolFinished(ToolUse Use) : ChatEvent;

    /// <summary>A piece of the answer.</summary>
    internal sealed record Text(string Piece) : ChatEvent;

    /// <summary>The answer has ended, by itself or by cancellation, and is stored.</summary>
    internal sealed record Completed(Turn Turn, PackedMemories Memories) : ChatEvent
    {
        /// <summary>Where the answer came from, where a model elsewhere gave it.</summary>
        public EscalatedAnswer? Escalation { get; init; }
    }
}
