using System.ComponentModel;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Tools.Own;

/// <summary>Searches earlier sessions word by word.</summary>
/// <param name="search">Finds turns.</param>
/// <param name="log">Tells what stood in their windows.</param>
/// <param name="time">Tells where the user's clocks run.</param>
internal sealed class SessionSearchTool(ConversationSearch search, ConversationLog log, TimeProvider time)
{
    private const int Limit = 6;

    public Tool Create() => new(
        ToolFunction.Create("search_sessions", "Find earlier chats in which all of these words occur.", SearchAsync), ToolRisk.ReadsLocal, ToolTrust.Untrusted)
    {
        Examples = ["in which chat did we talk about the garden", "find the conversation about sourdough"],
    };

    private async Task<ToolAnswer> SearchAsync([Description("a few words")] string words, CancellationToken cancellationToken)
    {
        try
        {
            var hits = await search.SearchAsync(words, Limit, cancellationToken);

            // The title was made of the first turn.
            var turns = await Task.WhenAll(hits.SelectMany(hit => new[] { log.GetTurnAsync(hit.Turn, cancellationToken), FirstAsync(hit.Session, cancellationToken) }));
            return hits.Count == 0
                ? new ToolAnswer("Nothing was found.", [])
                : new ToolAnswer(string.Join('\n', hits.Select(Line)), [.. turns.SelectMany(turn => turn.Origins).Distinct()]);
        }
        catch (MemoryException error) when (error.Error == MemoryError.Invalid)
        {
            throw new ToolException(error.Message, error);
        }
    }

    private async Task<Turn> FirstAsync(SessionId session, CancellationToken cancellationToken) => await log.TurnsAsync(session, cancellationToken).FirstAsync(cancellationToken);

    private string Line(SearchHit hit) => TerminalText.OneLine(
        $"- {time.Describe(hit.At)}, session {hit.Session.ShortForm} \"{hit.Title}\": {string.Concat(hit.Snippet.Select(part => part.Text))}");
}
