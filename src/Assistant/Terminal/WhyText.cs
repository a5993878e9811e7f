using System.Globalization;
using PersonalAi.Assistant.Memories;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Says which memories stand behind an answer, how each was found, and what was left out.</summary>
internal static class WhyText
{
    private const int Longest = 90;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(Turn turn, PackedMemories memories, TimeProvider time)
    {
        yield return $"Turn {turn.Id.ShortForm}, answered by {turn.Model}{(turn.Outcome.Snapshot is { } snapshot ? $" as snapshot {snapshot}" : "")}.";
        foreach (var line in Tools(turn).Concat(Recalled(memories, time)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Tools(Turn turn)
    {
        foreach (var use in turn.ToolUses)
        {
            yield return $"Tool {ToolUseText.Of(use)}{(use.Reason.Length > 0 && use.Status != "denied" ? $" (allowed, since {use.Reason})" : "")}";
        }

        if (turn.Origins.Count > 0)
        {
            yield return $"Texts that are not yours stood before it: {string.Join(", ", turn.Origins)}; /clean takes them out.";
        }
    }

    private static IEnumerable<string> Recalled(PackedMemories memories, TimeProvider time)
    {
        if (memories.Memories.Count == 0)
        {
            yield return "No memory was recalled for it: nothing in the memory seemed to answer.";
            yield break;
        }

        foreach (var group in memories.Memories.Index().GroupBy(memory => memory.Item.IsGiven).OrderByDescending(group => group.Key))
        {
            yield return group.Key ? $"Given, {group.Sum(memory => memory.Item.Tokens)} tokens:" : "Left out, since there was no room:";
            foreach (var (rank, memory) in group)
            {
                yield return $"  {MemoryNotes.NameOf(rank),-4}{Line(memory, time)}";
                yield return $"      {Scores(memory)}";
            }
        }
    }

    private static string Line(PackedMemory memory, TimeProvider time)
    {
        var passage = memory.Hit.Passage;
        var text = TerminalText.OneLine(passage.Text);
        return $"{MemoryNotes.SourceOf(passage)}  {time.Describe(passage.SaidAt)}  {Source(passage)}: {(text.Length > Longest ? text[..Longest] + "…" : text)}";
    }

    private static string Source(Passage passage) => passage.Part switch
    {
        PassagePart.Fact => "fact",
        PassagePart.Prompt => $"said in session {new SessionId(passage.Thread).ShortForm}",
        PassagePart.Answer => $"answered in session {new SessionId(passage.Thread).ShortForm}",
        _ => passage.Citation ?? "document",
    };

    private static string Scores(PackedMemory memory) =>
        string.Create(CultureInfo.InvariantCulture, $"score {memory.Hit.Score:0.00}, {ArmsText.Of(memory.Hit.Arms)}, {memory.Tokens} tokens");
}
