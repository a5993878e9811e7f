using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Finds passages by their words, in any inflection: BM25 of FTS5 with the Porter stemmer.</summary>
public static partial class WordArm
{
    private const int MostWords = 32;
    private const int CommonInSmall = 2_000;

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
                [("$match", string.Join(" OR ", Telling(connection, words).Select(Quoted))), ("$limit", limit), .. filter.Parameters]);

    // In a large memory a word that a tenth of it has tells little and costs most of the time; it is left out beside rarer ones.
    private static IReadOnlyList<string> Telling(SqliteConnection connection, IReadOnlyList<string> words)
    {
        var common = connection.Number("select coalesce(max(number), 0) from passages") / 10;
        if (common < CommonInSmall)
        {
            return words;
        }

        var rare = words.Where(word => connection.Number(
            "select count(*) from (select 1 from passage_search where passage_search match $word limit $common)", ("$word", Quoted(word)), ("$common", common)) < common).ToList();
        return rare.Count > 0 ? rare : words;
    }

    private static string Quoted(string word) => $"\"{word}\"";

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
