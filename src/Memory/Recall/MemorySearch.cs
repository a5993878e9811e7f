using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall;

/// <summary>Recalls what answers a question: four ways of searching, fused, over facts, turns and documents.</summary>
/// <remarks>Keeps the codes of the vectors in memory: use one object for all questions.</remarks>
public sealed class MemorySearch(MemoryDatabase database, TimeProvider time)
{
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
        return await database.ReadAsync(
            connection => new RecallPass(connection, query, CodesOf(connection, embedder?.Space), vector, time).Run(), cancellationToken);
    }

    /// <summary>Whether there is anything to recall.</summary>
    /// <param name="without">A turn that does not count, as the one that asks; null for none.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<bool> HasAnyAsync(TurnId? without = null, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Number("select exists (select 1 from passages where turn is null or $turn is null or turn <> $turn)", ("$turn", without?.ToString())) == 1,
        cancellationToken);

    internal CodeIndex? CodesOf(SqliteConnection connection, EmbeddingSpace? space)
    {
        if (space is null || !connection.HasVectors() || connection.FindSpace(space) is not { } number)
        {
            return null;
        }

        lock (_lock)
        {
            return _codes?.Space == number ? _codes : _codes = new CodeIndex(number, space.Dimensions);
        }
    }
}
