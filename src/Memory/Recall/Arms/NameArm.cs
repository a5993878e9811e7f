using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Finds passages by the names and code in them, also by a part of a name: BM25 of FTS5 over trigrams.</summary>
internal static class NameArm
{
    /// <summary>The passages with any of the names, the best first; names of fewer than three characters are not found.</summary>
    public static List<(long Passage, double Score)> Find(SqliteConnection connection, IEnumerable<string> names, PassageFilter filter, int limit)
    {
        var terms = names.Where(name => name.EnumerateRunes().Count() >= 3).Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"").ToList();
        return terms.Count == 0
            ? []
            : connection.Query(
                $"select rowid, -rank from passage_names where passage_names match $match {filter.Condition("rowid")} order by rank limit $limit",
                row => (row.GetInt64(0), row.GetDouble(1)),
                [("$match", string.Join(" OR ", terms)), ("$limit", limit), .. filter.Parameters]);
    }
}
