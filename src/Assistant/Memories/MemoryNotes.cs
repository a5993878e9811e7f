using System.Globalization;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Memories;

/// <summary>Recalled memories as the model reads them: dated, named, and marked as what they are.</summary>
internal static class MemoryNotes
{
    private const string Before = "Notes from memory (use them if they help; if they do not answer the question, say that you do not know):\n";
    private const string After = "\n";

    /// <summary>What stands before the user's words; empty for no memories.</summary>
    public static string Of(IEnumerable<MemoryHit> hits, TimeZoneInfo zone)
    {
        var lines = hits.Select(hit => Line(hit, zone)).ToList();
        return lines.Count == 0 ? "" : $"{Before}{string.Concat(lines)}{After}";
    }

    /// <summary>One memory, a line of its own.</summary>
    public static string Line(MemoryHit hit, TimeZoneInfo zone)
    {
        var passage = hit.Passage;
        var day = TimeZoneInfo.ConvertTime(passage.SaidAt, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"- [{NameOf(passage)}, {day}] {Who(passage)}{passage.Text.ReplaceLineEndings(" ")}\n";
    }

    /// <summary>The name under which a memory is shown: the letter of its kind and the start of its source's id.</summary>
    public static string NameOf(Passage passage) => $"{Letter(passage.Part)}-{passage.Source.ToString("D")[..13]}";

    private static string Who(Passage passage) => passage.Part switch
    {
        PassagePart.Prompt => "The user said: ",
        PassagePart.Answer => "You answered: ",
        PassagePart.Chunk when passage.Speaker is { } speaker => $"{speaker}: ",
        PassagePart.Chunk when passage.Heading is { } heading => $"{heading}: ",
        _ => "",
    };

    private static char Letter(PassagePart part) => part switch { PassagePart.Fact => 'f', PassagePart.Chunk => 'd', _ => 't' };
}
