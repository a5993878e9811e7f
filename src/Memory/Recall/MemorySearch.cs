using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall;

/// <summary>Recalls what answers a question: four ways of searching, fused, over facts, turns and documents.</summary>
/// <remarks>Keeps the codes of the vectors in memory: use one object for all questions.</remarks>
public sealed class MemorySearch(MemoryDatabase database, TimeProvider time)
{
    private const int WordHits = 300;
    private const int NameHits = 100;
    private const int NearestCodes = 600;

    private readonly Lock _lock = new();
    private CodeIndex? _codes;

    /// <summary>The passages that answer the question best, the best first.</summary>
    /// <param name="query">What to recall.</param>
    /// <param name="embedder">Turns the question into a vector; null searches by words alone.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryQuery query, TextEmbedder? embedder, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            return [];
        }

        var vector = embedder is not null && query.Arms.HasFlag(RecallArms.Vectors)
            ? (await embedder.EmbedAsync([query.Text], cancellationToken))[0]
            : default;
        return await database.ReadAsync(connection => Search(connection, query, embedder?.Space, vector), cancellationToken);
    }

    internal IReadOnlyList<MemoryHit> Search(SqliteConnection connection, MemoryQuery query, EmbeddingSpace? space, ReadOnlyMemory<float> vector)
    {
        var ranking = new Ranking(query);
        return [.. ranking.Order(Candidates(connection, query, space, vector)).Take(query.Limit)];
    }

    /// <summary>All that any arm finds, and what ranking needs to know of it.</summary>
    internal IReadOnlyList<Candidate> Candidates(SqliteConnection connection, MemoryQuery query, EmbeddingSpace? space, ReadOnlyMemory<float> vector)
    {
        var filter = new PassageFilter(query, time.GetUtcNow());
        var words = query.Arms.HasFlag(RecallArms.Words)
            ? WordArm.Find(connection, WordArm.WordsOf(query.Text), filter, WordHits).ToDictionary(hit => hit.Passage, hit => hit.Score)
            : [];
        var names = query.Arms.HasFlag(RecallArms.Names)
            ? NameArm.Find(connection, NameFinder.Find(query.Text), filter, NameHits).ToDictionary(hit => hit.Passage, hit => hit.Score)
            : [];
        var cosines = space is null || vector.IsEmpty ? [] : Cosines(connection, space, vector, filter, words.Keys.Concat(names.Keys));

        var (bestWords, bestNames) = (Best(words), Best(names));
        return
        [
            .. Passages(connection, words.Keys.Concat(names.Keys).Concat(cosines.Keys).Distinct(), filter)
                .Where(passage => !query.Without.Contains(passage.Source))
                .Select(passage => new Candidate(passage)
                {
                    Words = words.GetValueOrDefault(passage.Number) / bestWords,
                    Names = names.GetValueOrDefault(passage.Number) / bestNames,
                    Cosine = cosines.GetValueOrDefault(passage.Number),
                    Arms = new ArmScores(
                        words.TryGetValue(passage.Number, out var word) ? word : null,
                        cosines.TryGetValue(passage.Number, out var cosine) ? cosine : null,
                        names.TryGetValue(passage.Number, out var name) ? name : null,
                        null),
                }),
        ];
    }

    private static double Best(Dictionary<long, double> scores) => scores.Count == 0 ? 1 : Math.Max(scores.Values.Max(), 1e-9);

    // The nearest by their codes, and what the other arms found: for all of these the exact cosine.
    private Dictionary<long, float> Cosines(
        SqliteConnection connection, EmbeddingSpace space, ReadOnlyMemory<float> vector, PassageFilter filter, IEnumerable<long> others)
    {
        if (!connection.HasVectors() || connection.FindSpace(space) is not { } number)
        {
            return [];
        }

        var nearest = filter.IsNarrow
            ? connection.Query($"select passages.number from {PassageFilter.Tables} where {filter.Where}", row => row.GetInt64(0), [.. filter.Parameters])
            : CodesOf(number, space.Dimensions).Nearest(connection, vector.Span, NearestCodes);
        return connection.Cosines(number, nearest.Concat(others).Distinct(), vector);
    }

    private CodeIndex CodesOf(long space, int dimensions)
    {
        lock (_lock)
        {
            return _codes?.Space == space ? _codes : _codes = new CodeIndex(space, dimensions);
        }
    }

    private static List<Passage> Passages(SqliteConnection connection, IEnumerable<long> numbers, PassageFilter filter) => connection.Query(
        $"select passages.* from {PassageFilter.Tables} where passages.number in (select value from json_each($numbers)) and {filter.Where}",
        ReadPassage,
        [("$numbers", $"[{string.Join(',', numbers)}]"), .. filter.Parameters]);

    private static Passage ReadPassage(SqliteDataReader row)
    {
        var part = Enum.Parse<PassagePart>(row.Text("part"), ignoreCase: true);
        var source = row.Id(part switch { PassagePart.Fact => "fact", PassagePart.Chunk => "document", _ => "turn" });
        return new Passage(row.GetInt64(row.GetOrdinal("number")), part, source, row.Id("thread"), row.GetInt64(row.GetOrdinal("ordinal")), row.Text("text"), row.Time("said_at"))
        {
            Speaker = row.TextOrNull("speaker"),
            Heading = row.TextOrNull("heading"),
            First = row.NumberOrNull("first"),
            Last = row.NumberOrNull("last"),
        };
    }
}
