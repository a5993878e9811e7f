using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Finds passages by their words, in any inflection: BM25 of FTS5 with the Porter stemmer.</summary>
public static partial class WordArm
{
    private const int MostWords = 32;
    private const int FrequentInSmall = 2_000;
    private const int Frequent = 20_000;

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
                select rowid, -rank from passage_search
                where passage_search match $match and rank match 'bm25(1.0, 0.0, 1.0)' {filter.Condition("rowid")}
                order by rank limit $limit
                """,
                row => (row.GetInt64(0), row.GetDouble(1)),
                [("$match", MatchOf(connection, words)), ("$limit", limit), .. filter.Parameters]);

    // BM25 takes time for every passage that has a word. In a large memory a frequent word tells little and costs most of it: it is left
    // out beside rarer ones, and where there is none, passages must have all of the words.
    private static string MatchOf(SqliteConnection connection, IReadOnlyList<string> words)
    {
        var frequent = Math.Min(connection.Number("select coalesce(max(number), 0) from passages") / 10, Frequent);
        var rare = frequent < FrequentInSmall ? words : words.Where(word => !IsFrequent(connection, word, frequent)).ToList();
        return rare.Count > 0 ? string.Join(" OR ", rare.Select(Quoted)) : string.Join(' ', words.Select(Quoted));
    }

    private static bool IsFrequent(SqliteConnection connection, string word, long frequent) => connection.Number(
        "select count(*) from (select 1 from passage_search where passage_search match $word limit $frequent)", ("$word", Quoted(word)), ("$frequent", frequent)) == frequent;

    private static string Quoted(string word) => $"\"{word}\"";

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
