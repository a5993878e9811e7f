using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Finds passages by their words, in any inflection: BM25 of FTS5 with the Porter stemmer.</summary>
public static partial class WordArm
{
    private const int MostWords = 32;

    /// <summary>The words that a question is about, each once; all its words where it has no other.</summary>
    public static IReadOnlyList<string> WordsOf(string text)
    {
        var words = Word().Matches(text).Select(match => match.Value.ToLowerInvariant()).Distinct().ToList();
        var telling = words.Where(word => !StopWords.Contains(word)).ToList();
        return [.. (telling.Count > 0 ? telling : words).Take(MostWords)];
    }

    /// <summary>The passages with any of the words, the best first.</summary>
    internal static List<(long Passage, double Score)> Find(SqliteConnection connection, IReadOnlyList<string> words, PassageFilter filter, int limit) =>
        words.Count == 0
            ? []
            : connection.Query(
                $"""
                select rowid, -bm25(passage_search, 1.0, 0.0, 1.0) from passage_search
                where passage_search match $match {filter.Condition("rowid")}
                order by bm25(passage_search, 1.0, 0.0, 1.0) limit $limit
                """,
                row => (row.GetInt64(0), row.GetDouble(1)),
                [("$match", string.Join(" OR ", words.Select(word => $"\"{word}\""))), ("$limit", limit), .. filter.Parameters]);

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
