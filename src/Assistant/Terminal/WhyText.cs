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
