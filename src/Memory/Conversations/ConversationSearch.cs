using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Conversations;

/// <summary>Full-text search over what was asked and answered, on all branches, the trash excepted.</summary>
public sealed class ConversationSearch(MemoryDatabase database)
{
    // Control characters, since no text that people read has them.
    private const char MatchStart = '\u0002';
    private const char MatchEnd = '\u0003';

    /// <summary>The best matches first; equal ones newest first.</summary>
    /// <param name="query">Words that must all occur, in any inflection; "a phrase"; begin* for a beginning.</param>
    /// <param name="limit">The largest number of turns.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="MemoryException">The query has no word in it.</exception>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string query, int limit = 20, CancellationToken cancellationToken = default)
    {
        var match = SearchQuery.Parse(query);
        return await database.ReadAsync(
            connection => connection.Query(
                $"""
                select sessions.id as session, title, turns.id as turn, turns.created_at, rank,
                    snippet(turn_search, -1, '{MatchStart}', '{MatchEnd}', '…', 24) as snippet
                from turn_search
                join turns on turns.number = turn_search.rowid
                join sessions on sessions.id = turns.session
                where turn_search match $match and sessions.deleted_at is null
                order by rank, turns.number desc
                limit $limit
                """,
                ReadHit,
                ("$match", match), ("$limit", limit)),
            cancellationToken);
    }

    private static SearchHit ReadHit(SqliteDataReader row) => new(
        new SessionId(row.Id("session")),
        row.TextOrNull("title"),
        new TurnId(row.Id("turn")),
        row.Time("created_at"),
        row.GetDouble(row.GetOrdinal("rank")),
        ReadSnippet(row.Text("snippet")));

    private static List<SnippetPart> ReadSnippet(string marked)
    {
        var parts = new List<SnippetPart>();
        var isMatch = false;
        foreach (var piece in marked.Split(MatchStart, MatchEnd))
        {
            if (piece.Length > 0)
            {
                parts.Add(new SnippetPart(piece, isMatch));
            }

            isMatch = !isMatch;
        }

        return parts;
    }
}
