using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Storage;

/// <summary>Finds the one id that starts with what someone typed: any case, with or without hyphens.</summary>
internal static class IdLookup
{
    private const int Digits = 32;
    private const int CandidatesNamed = 5;

    /// <summary>The id of a row.</summary>
    /// <param name="connection">Where to look.</param>
    /// <param name="table">The table, which has a column 'id'.</param>
    /// <param name="noun">What a row of it is called.</param>
    /// <param name="start">How the id starts.</param>
    /// <exception cref="MemoryException">None starts like this, or several do: the message then names them.</exception>
    public static Guid FindId(this SqliteConnection connection, string table, string noun, string start)
    {
        var found = Range(start) is var (lowest, highest)
            ? connection.Query(
                $"select id from {table} where id between $lowest and $highest order by id limit {CandidatesNamed + 1}",
                row => row.Id("id"),
                ("$lowest", lowest), ("$highest", highest))
            : [];
        return found switch
        {
            [var id] => id,
            [] => throw new MemoryException(MemoryError.NotFound, $"No {noun} has an id that starts with '{start}'; list the {noun}s to see their ids."),
            _ => throw new MemoryException(MemoryError.Ambiguous, $"Several {noun}s have ids that start with '{start}': {Named(found)}; give more characters."),
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

    private static string Named(List<Guid> candidates) =>
        string.Join(", ", candidates.Take(CandidatesNamed)) + (candidates.Count > CandidatesNamed ? " and more" : "");
}
