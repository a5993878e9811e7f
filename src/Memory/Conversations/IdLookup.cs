using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Conversations;

/// <summary>Finds the one id that starts with what someone typed: any case, with or without hyphens.</summary>
internal static class IdLookup
{
    private const int Digits = 32;
    private const int CandidatesNamed = 5;

    /// <summary>The session's id.</summary>
    /// <exception cref="MemoryException">None starts like this, or several do: the message then names them.</exception>
    public static SessionId FindSession(this SqliteConnection connection, string start)
    {
        var found = Range(start) is var (lowest, highest)
            ? connection.Query(
                $"select id from sessions where id between $lowest and $highest order by id limit {CandidatesNamed + 1}",
                row => new SessionId(row.Id("id")),
                ("$lowest", lowest), ("$highest", highest))
            : [];
        return found switch
        {
            [var id] => id,
            [] => throw new MemoryException(MemoryError.NotFound, $"No session has an id that starts with '{start}'; list the sessions to see their ids."),
            _ => throw new MemoryException(MemoryError.Ambiguous, $"Several sessions have ids that start with '{start}': {Named(found)}; give more characters."),
        };
    }

    // Filled up with the lowest and the highest digit, the start becomes two whole ids.
    private static (string Lowest, string Highest)? Range(string start)
    {
        var digits = start.Trim().Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return digits.Length is > 0 and <= Digits && digits.All(char.IsAsciiHexDigitLower)
            ? (Whole(digits.PadRight(Digits, '0')), Whole(digits.PadRight(Digits, 'f')))
            : null;
    }

    private static string Whole(string digits) => Guid.ParseExact(digits, "N").ToString("D");

    private static string Named(List<SessionId> candidates) =>
        string.Join(", ", candidates.Take(CandidatesNamed)) + (candidates.Count > CandidatesNamed ? " and more" : "");
}
