using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Conversations;

/// <summary>Full-text search over what was asked and answered, on all branches, the trash excepted.</summary>
public sealed class ConversationSearch(MemoryDatabase database)
{
    // FTS5's snippet() takes time with the square of the matches: 40 ms for 50 KB that repeat one word, 16 s for 1 MB (3.53).
    private const int LongText = 50_000;

    /// <summary>The best matches first; equal ones newest first.</summary>
    /// <param name="query">Words that must all occur, in any inflection; "a phrase"; begin* for a beginning.</param>
    /// <param name="limit">The largest number of turns.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="MemoryException">The query has no word in it.</exception>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string query, int limit = 20, CancellationToken cancellationToken = default)
    {
        var search = SearchQuery.Parse(query);
        return await database.ReadAsync(
            connection => connection.Query(
                """
                select sessions.id as session, title, turns.id as turn, turns.number, turns.created_at, rank
                from turn_search
                join turns on turns.number = turn_search.rowid
                join sessions on sessions.id = turns.session
                where turn_search match $match and sessions.deleted_at is null
                order by rank, turns.number desc
                limit $limit
                """,
                row => ReadHit(row, connection, search),
                ("$match", search.Match), ("$limit", limit)),
            cancellationToken);
    }

    private static SearchHit ReadHit(SqliteDataReader row, SqliteConnection connection, SearchQuery search) => new(
        new SessionId(row.Id("session")),
        row.TextOrNull("title"),
        new TurnId(row.Id("turn")),
        row.Time("created_at"),
        row.GetDouble(row.GetOrdinal("rank")),
        SnippetOf(row.Number("number"), connection, search));

    // Asked for each hit, since in the search itself SQLite would make one for every match before it sorts.
    private static IReadOnlyList<SnippetPart> SnippetOf(int turn, SqliteConnection connection, SearchQuery search)
    {
        var length = connection.Number("select length(cast(prompt as blob)) + length(cast(answer as blob)) from turns where number = $turn", ("$turn", turn));
        return length > LongText
            ? Snippet.FromLong(connection.Text("select prompt || char(10) || answer from turns where number = $turn", ("$turn", turn))!, search.Terms)
            : Snippet.FromMarked(connection.Text(
                "select snippet(turn_search, -1, $start, $end, '…', 24) from turn_search where turn_search match $match and rowid = $turn",
                ("$start", Snippet.MatchStart.ToString()), ("$end", Snippet.MatchEnd.ToString()), ("$match", search.Match), ("$turn", turn))!);
    }
}
