using System.Globalization;
using System.Text;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Memories;

/// <summary>Recalled memories as the model reads them: dated, named, and marked as what they are.</summary>
// In the user's voice, since they stand in the user's message: of the forms that were tried with the starter model this is the one
// whose notes it takes as its own knowledge instead of talking about them.
internal static class MemoryNotes
{
    /// <summary>What the model is told of them once, in the beginning of a session.</summary>
    public const string Instruction =
        "A message may begin with notes of what you know from earlier, each with a name such as m1 and its date. If neither they nor your own knowledge answer a question, say that you do not know.";

    private static readonly (PassagePart Part, string Heading)[] Groups =
    [
        (PassagePart.Fact, "What you know about me:\n"),
        (PassagePart.Prompt, "What I told you earlier:\n"),
        (PassagePart.Chunk, "What stands in my documents:\n"),
        (PassagePart.Answer, "What you answered earlier:\n"),
    ];

    /// <summary>All that stands around the memories where there are some of each kind.</summary>
    public static string Around => string.Concat(Groups.Select(group => group.Heading)) + "\n";

    /// <summary>What stands before the user's words; empty where no memory is given.</summary>
    public static string Of(PackedMemories memories, TimeZoneInfo zone)
    {
        var notes = new StringBuilder();
        foreach (var (part, heading) in Groups)
        {
            var lines = memories.Memories.Index().Where(memory => memory.Item.IsGiven && memory.Item.Hit.Passage.Part == part)
                .Select(memory => Line(memory.Index, memory.Item.Hit.Passage, zone))
                .ToList();
            notes.Append(lines.Count == 0 ? "" : heading).AppendJoin("", lines);
        }

        return notes.Length == 0 ? "" : notes.Append('\n').ToString();
    }

    /// <summary>One memory, a line of its own.</summary>
    /// <param name="rank">Its place in the result, from 0.</param>
    /// <param name="passage">What it says.</param>
    /// <param name="zone">Where the user's clocks run.</param>
    public static string Line(int rank, Passage passage, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(passage.SaidAt, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var by = (passage.Speaker ?? passage.Heading) is { } source ? $"{source}: " : "";
        var place = passage.Citation is { } citation ? $", {citation}" : "";
        return TerminalText.OneLine($"- ({NameOf(rank)}, {day}{place}) {by}{passage.Text}") + "\n";
    }

    /// <summary>The name of a memory in the notes of its turn.</summary>
    public static string NameOf(int rank) => string.Create(CultureInfo.InvariantCulture, $"m{rank + 1}");

    /// <summary>The name of a memory's source: the letter of its kind and the start of the id.</summary>
    public static string SourceOf(Passage passage) => $"{Letter(passage.Part)}-{passage.ShortSource}";

    private static char Letter(PassagePart part) => part switch { PassagePart.Fact => 'f', PassagePart.Chunk => 'd', _ => 't' };
}
