using System.ComponentModel;
using System.Globalization;
using PersonalAi.Assistant.Memories;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Tools.Own;

/// <summary>Searches what the user said, what is known of them, and their documents.</summary>
/// <param name="search">Recalls.</param>
/// <param name="recalls">Tells whose words were recalled.</param>
/// <param name="embedder">Turns the question into a vector; where it cannot, words alone are searched.</param>
/// <param name="time">Tells where the user's clocks run.</param>
internal sealed class MemorySearchTool(MemorySearch search, RecallLog recalls, EmbedderLoader embedder, TimeProvider time)
{
    private const string Memory = "memory_search", Documents = "search_documents";
    private const int Limit = 6;

    /// <summary>Whether a tool searches what is recalled for a turn anyway.</summary>
    public static bool IsOne(Tool tool) => tool.Name is Memory or Documents;

    /// <summary>The tool that searches facts and conversations.</summary>
    public Tool OfMemory() => Of(Memory, "Search what the user told you in earlier conversations.", [PassagePart.Fact, PassagePart.Prompt, PassagePart.Answer]) with
    {
        Examples = ["what did I tell you about my sister", "what do you know about me", "do you remember my birthday", "what did I say about the boat"],
    };

    /// <summary>The tool that searches documents.</summary>
    public Tool OfDocuments() => Of(Documents, "Search the user's documents and mail.", [PassagePart.Chunk]) with
    {
        Examples = ["what do my documents say about the warranty", "find the mail about the invoice", "look into the handbook for the holidays"],
    };

    private Tool Of(string name, string description, HashSet<PassagePart> parts) =>
        new(
            ToolFunction.Create(name, description, ([Description("question or words")] string query, CancellationToken cancellationToken) => SearchAsync(query, parts, cancellationToken)),
            ToolRisk.ReadsLocal,
            ToolTrust.Untrusted);

    private async Task<ToolAnswer> SearchAsync(string query, HashSet<PassagePart> parts, CancellationToken cancellationToken)
    {
        var hits = await search.SearchAsync(new MemoryQuery(query) { Limit = Limit, Parts = parts, IsRelevantOnly = true }, await embedder.OpenOrNullAsync(cancellationToken), cancellationToken);
        return hits.Count == 0
            ? new ToolAnswer("Nothing was found.", [])
            : new ToolAnswer(string.Join('\n', hits.Select(hit => Line(hit.Passage))), await recalls.OriginsAsync(hits.Select(hit => hit.Passage), cancellationToken));
    }

    private string Line(Passage passage)
    {
        var day = TimeZoneInfo.ConvertTime(passage.SaidAt, time.LocalTimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return TerminalText.OneLine($"- {day}{(passage.Citation is { } citation ? $", {citation}" : "")}: {passage.Text}");
    }
}
