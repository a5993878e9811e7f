using System.Globalization;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Memories;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall;

namespace PersonalAi.Assistant.Terminal;

/// <summary>What a face says about an answer beside its text.</summary>
internal static class Remarks
{
    public static string Of(ChatEvent.Compacted compacted) =>
        $"[{compacted.Turns} older turns were replaced by a summary, since the context window was full: {compacted.TokensBefore} -> {compacted.TokensAfter} tokens]";

    public static string Of(ChatEvent.Recalled recalled)
    {
        var given = recalled.Memories.Given.Count();
        var leftOut = recalled.Memories.Memories.Count - given;
        return $"[recalled {given} {(given == 1 ? "memory" : "memories")}{(leftOut > 0 ? $", {leftOut} left out for lack of room" : "")}; /why shows them]";
    }

    public static string Of(ChatEvent.ToolFinished finished) => $"[{ToolUseText.Of(finished.Use)}]";

    /// <summary>Who answered elsewhere, and what it cost.</summary>
    public static string Of(EscalatedAnswer escalation) => string.Create(
        CultureInfo.InvariantCulture,
        $"[answered by {escalation.Destination}: {escalation.InputTokens} tokens out, {escalation.OutputTokens} back{(escalation.CostUsd is { } cost ? $", ${cost:0.####}" : "")}{(escalation.Note is { } note ? $"; kept as note {note}" : "")}]");

    /// <summary>The places in documents that an answer was given, each under the name by which it is cited.</summary>
    public static void WriteSources(TextWriter output, PackedMemories memories)
    {
        foreach (var source in CitedSource.Of(memories))
        {
            output.WriteLine(source);
        }
    }

    /// <summary>Says that asking elsewhere is proposed, where it is.</summary>
    /// <param name="output">Where the remark goes.</param>
    /// <param name="turn">The turn that was answered.</param>
    /// <param name="escalate">What the user types for it.</param>
    public static void WriteSuggestion(TextWriter output, Turn turn, string escalate)
    {
        if (turn.Route?.Steps is [.., { Suggestion: { } suggestion }])
        {
            output.WriteLine($"[{suggestion}; nothing has been sent, and {escalate} asks you first]");
        }
    }

    /// <summary>Says why an answer ended, where that was not by itself.</summary>
    public static void Write(TextWriter output, Turn turn)
    {
        var remark = turn.Outcome switch
        {
            { Status: TurnStatus.Cancelled } => "[stopped; what came is kept]",
            { Status: TurnStatus.Interrupted } => "[interrupted; what came is kept]",
            { Status: TurnStatus.Failed, Error: { } error } => $"[failed: {error}]",
            { FinishReason: "length" } => "[the answer reached its token limit: --max-tokens raises it]",
            _ => null,
        };
        if (remark is not null)
        {
            output.WriteLine(remark);
        }
    }
}
