using System.Collections.Immutable;
using System.Diagnostics;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Bench.Recall;

/// <summary>Remembers conversations, asks questions about them, and counts how much of the evidence is recalled.</summary>
/// <param name="documents">Where the conversations are stored: each session is a document.</param>
/// <param name="indexer">Embeds them.</param>
/// <param name="search">What is measured.</param>
/// <param name="embedder">Makes vectors.</param>
/// <param name="budgets">Budgets in tokens.</param>
internal sealed class RecallBenchmark(
    DocumentStore documents, MemoryIndexer indexer, MemorySearch search, TextEmbedder embedder, IReadOnlyList<int> budgets)
{
    private static readonly ImmutableArray<int> Ranks = [1, 5, 10, 20, 50];

    private readonly Dictionary<(Guid Document, long Ordinal), string> _items = [];

    /// <summary>Stores and embeds a conversation.</summary>
    /// <returns>How long each item took in the mean, in ms.</returns>
    public async Task<double> RememberAsync(RecallConversation conversation, int number, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var session in conversation.Items.GroupBy(item => item.Session ?? ""))
        {
            var pieces = session.SelectMany(item => TextPieces.Split(item.Text), (item, piece) => (item, piece.Text)).ToList();
            var document = new NewDocument($"bench:{number}:{session.Key}", session.Key, "text/x-conversation", "", 0);
            var id = await documents.PutAsync(
                document,
                [.. pieces.Select(piece => new DocumentChunk(piece.Text) { Speaker = piece.item.Speaker, SaidAt = piece.item.Time })],
                cancellationToken);
            foreach (var (ordinal, (item, _)) in pieces.Index())
            {
                _items[(id.Value, ordinal)] = item.Id;
            }
        }

        await indexer.EmbedAsync(embedder, cancellationToken: cancellationToken);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / Math.Max(1, conversation.Items.Length);
    }

    /// <summary>Asks a question in one way.</summary>
    public async Task<(RecallScores Scores, double Ms)> AskAsync(RecallQuestion question, RecallArms arms, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var hits = await search.SearchAsync(new MemoryQuery(question.Question) { Arms = arms, Limit = 100 }, embedder, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return (Score(question, hits), elapsed);
    }

    private RecallScores Score(RecallQuestion question, IReadOnlyList<MemoryHit> hits)
    {
        var evidence = question.Evidence.ToHashSet();
        var ranked = Items(hits).ToList();
        var costs = hits.Select(hit => MemoryBudget.EstimateTokens(hit.Passage.Text)).ToList();
        var first = ranked.FindIndex(evidence.Contains);
        return new RecallScores(
            1,
            Ranks.ToImmutableSortedDictionary(rank => rank, rank => Share(ranked.Take(rank), evidence)),
            budgets.ToImmutableSortedDictionary(budget => budget, budget => Share(Items(MemoryBudget.Pack(hits, budget, costs).Given), evidence)),
            first < 0 ? 0 : 1.0 / (first + 1));
    }

    private IEnumerable<string> Items(IEnumerable<MemoryHit> hits) => hits.Select(hit => ItemOf(hit.Passage)).Distinct();

    internal string ItemOf(Passage passage) => _items[(passage.Source, passage.Ordinal)];

    private static double Share(IEnumerable<string> items, HashSet<string> evidence) => (double)items.Count(evidence.Contains) / evidence.Count;
}
