using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall;

/// <summary>One search on one connection.</summary>
/// <param name="connection">Where to search.</param>
/// <param name="query">What to recall.</param>
/// <param name="codes">The codes of the vectors; null searches by words alone.</param>
/// <param name="vector">The question's vector.</param>
/// <param name="time">Tells this moment, and where the user's clocks run.</param>
internal sealed class RecallPass(SqliteConnection connection, MemoryQuery query, CodeIndex? codes, ReadOnlyMemory<float> vector, TimeProvider time)
{
    private const int WordHits = 200;
    private const int NameHits = 100;
    private const int NearestCodes = 200;

    /// <summary>So many of the nearest by their codes get their exact cosines.</summary>
    private const int Exact = 50;
    private const int Weighed = 120;
    private const int TimeHits = 100;

    private readonly PassageFilter _filter = new(query);
    private readonly TimeArm _time = new(query.Arms.HasFlag(RecallArms.Time) ? query.Text : "", time.GetUtcNow(), time.LocalTimeZone);
    private readonly Dictionary<long, float> _cosines = [];
    private Dictionary<long, double> _words = [];
    private Dictionary<long, double> _names = [];
    private HashSet<long> _inTime = [];
    private CodeScan? _scan;

    /// <summary>The hits, the best first.</summary>
    public IReadOnlyList<MemoryHit> Run()
    {
        var candidates = Weigh();
        if (candidates.Count == 0)
        {
            return [];
        }

        if (query.Arms is RecallArms.Words or RecallArms.Vectors)
        {
            return Hits(candidates, candidate => query.Arms == RecallArms.Words ? candidate.Words : candidate.Cosine);
        }

        var ranking = new Ranking(query, candidates, time.GetUtcNow());
        var scores = candidates.ToDictionary(candidate => candidate, ranking.Score);
        return Hits(query.IsRelevantOnly ? ranking.Relevant([.. candidates.OrderByDescending(candidate => scores[candidate])]) : candidates, candidate => scores[candidate]);
    }

    /// <summary>What the arms found, with the neighbours of the best of it.</summary>
    internal IReadOnlyList<Candidate> Weigh()
    {
        Search();
        var found = Passages(_words.Keys.Concat(_names.Keys).Concat(_inTime).Concat(_cosines.Keys)).ConvertAll(CandidateOf);
        if (query.Arms is RecallArms.Words or RecallArms.Vectors || found.Count == 0)
        {
            return found;
        }

        var best = Math.Max(1e-9, found.Max(candidate => candidate.Words));
        found = [.. found.OrderByDescending(candidate => (candidate.Words / best) + candidate.Cosine + (candidate.IsInTime ? 1 : 0)).Take(Math.Max(Weighed, query.Limit))];
        return WithNeighbours(found);
    }

    private void Search()
    {
        if (query.Arms.HasFlag(RecallArms.Words))
        {
            _words = WordArm.Find(connection, WordArm.WordsOf(query.Text), _filter, WordHits).ToDictionary(hit => hit.Passage, hit => hit.Score);
        }

        if (query.Arms.HasFlag(RecallArms.Names))
        {
            var names = NameFinder.Find(query.Text);
            _names = NameArm.Find(connection, names, _filter, NameHits).ToDictionary(hit => hit.Passage, hit => hit.Score);

            // That it bears another of the names makes it no worse than the best.
            var best = _names.Values.DefaultIfEmpty(1).Max();
            foreach (var passage in EntityArm.Find(connection, names.Concat(WordArm.WordsOf(query.Text)), _filter, NameHits))
            {
                _names.TryAdd(passage, best);
            }
        }

        _inTime = [.. _time.Find(connection, _filter, TimeHits)];
        if (codes is not null && !vector.IsEmpty)
        {
            _scan = codes.Scan(connection, vector.Span);
            var nearest = _filter.IsNarrow
                ? Nearest(connection.Query($"select passages.number from {PassageFilter.Tables} where {_filter.Where}", row => row.GetInt64(0), [.. _filter.Parameters]))
                : _scan.Nearest(NearestCodes);
            AddCosines(nearest.Concat(_words.Keys).Concat(_names.Keys).Concat(_inTime));
            foreach (var (passage, cosine) in connection.Cosines(codes.Space, nearest.Take(Exact), vector))
            {
                _cosines[passage] = cosine;
            }
        }
    }

    private IReadOnlyList<long> Nearest(List<long> passages) =>
        [.. passages.OrderByDescending(passage => _scan?.CosineOf(passage) ?? -1).Take(NearestCodes)];

    private void AddCosines(IEnumerable<long> passages)
    {
        foreach (var passage in passages)
        {
            if (!_cosines.ContainsKey(passage) && _scan?.CosineOf(passage) is { } cosine)
            {
                _cosines[passage] = cosine;
            }
        }
    }

    private List<Candidate> WithNeighbours(List<Candidate> found)
    {
        var links = found.Select(candidate => (Candidate: candidate, Before: NeighbourOf(candidate.Passage, "<", "desc"), After: NeighbourOf(candidate.Passage, ">", "asc"))).ToList();
        var known = found.ToDictionary(candidate => candidate.Passage.Number);
        var others = links.SelectMany(link => (long?[])[link.Before, link.After]).OfType<long>().Where(number => !known.ContainsKey(number)).Distinct().ToList();
        AddCosines(others);
        foreach (var passage in Passages(others))
        {
            known.Add(passage.Number, CandidateOf(passage));
        }

        foreach (var (candidate, before, after) in links)
        {
            candidate.Previous = before is { } previous ? known.GetValueOrDefault(previous) : null;
            candidate.Next = after is { } next ? known.GetValueOrDefault(next) : null;
            if (candidate.Previous is { Next: null } first)
            {
                first.Next = candidate;
            }

            if (candidate.Next is { Previous: null } last)
            {
                last.Previous = candidate;
            }
        }

        return [.. known.Values];
    }

    private long? NeighbourOf(Passage passage, string comparison, string order) => passage.Part == PassagePart.Fact ? null : connection.Query(
        $"select number from passages where thread = $thread and (ordinal, number) {comparison} ($ordinal, $number) order by ordinal {order}, number {order} limit 1",
        row => (long?)row.GetInt64(0),
        ("$thread", passage.Thread.ToString()), ("$ordinal", passage.Ordinal), ("$number", passage.Number)).SingleOrDefault();

    private Candidate CandidateOf(Passage passage) => new(passage)
    {
        Words = _words.GetValueOrDefault(passage.Number),
        Names = _names.GetValueOrDefault(passage.Number),
        Cosine = _cosines.GetValueOrDefault(passage.Number),
        IsInTime = _time.Includes(passage.SaidAt),
    };

    // What says the same as a better hit is left out, as a mail in two folders; and the question itself, asked before, answers nothing.
    private IReadOnlyList<MemoryHit> Hits(IEnumerable<Candidate> candidates, Func<Candidate, double> score) =>
    [
        .. candidates.OrderByDescending(score)
            .DistinctBy(candidate => candidate.Passage.Text.Trim(), StringComparer.OrdinalIgnoreCase)
            .Where(candidate => !query.IsRelevantOnly || !string.Equals(candidate.Passage.Text.Trim(), query.Text.Trim(), StringComparison.OrdinalIgnoreCase))
            .Take(query.Limit)
            .Select(candidate => Hit(candidate, score(candidate))),
    ];

    private MemoryHit Hit(Candidate candidate, double score) => new(
        candidate.Passage,
        score,
        new ArmScores(
            candidate.Words == 0 ? null : candidate.Words,
            candidate.Cosine == 0 ? null : candidate.Cosine,
            candidate.Names == 0 ? null : candidate.Names,
            _time.HasRange ? candidate.IsInTime : null));

    private List<Passage> Passages(IEnumerable<long> numbers) => connection.Query(
        $"select {PassageRows.Columns} from {PassageFilter.Tables} where passages.number in (select value from json_each($numbers)) and {_filter.Where}",
        PassageRows.Read,
        [("$numbers", $"[{string.Join(',', numbers.Distinct())}]"), .. _filter.Parameters])
        .FindAll(passage => !query.Without.Contains(passage.Source));
}
