using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Facts;

/// <summary>What was done to the facts: told, and reversed.</summary>
public sealed class FactJournal(MemoryDatabase database, TimeProvider time)
{
    /// <summary>
    /// Reverses the newest change that is not reversed yet; done again, the one before it. Facts that the change added count as never
    /// known, and stay in the history.
    /// </summary>
    /// <returns>The change that was reversed, with its facts as they are now; null where there is none.</returns>
    public Task<FactChange?> UndoAsync(CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            if (connection.NewestChange() is not { } newest)
            {
                return null;
            }

            connection.Undo(newest, time.GetUtcNow().ToUnixTimeMilliseconds());
            return connection.Change(newest);
        },
        cancellationToken);

    /// <summary>All versions of a fact, and what was done to them.</summary>
    /// <exception cref="MemoryException">There is no such fact.</exception>
    public Task<FactHistory> HistoryAsync(FactId id, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => new FactHistory(
            connection.Versions(connection.Fact(id).Id),
            connection.Query(
                $"{ChangeRows.Lineage} select distinct change from change_facts where fact in lineage order by change",
                row => connection.Change(row.GetInt64(0)),
                ("$id", id.ToString()))),
        cancellationToken);

    /// <summary>The newest changes, the newest first.</summary>
    public Task<List<FactChange>> ListAsync(int limit = 20, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.QueryChanges("order by number desc limit $limit", ("$limit", limit)), cancellationToken);
}
