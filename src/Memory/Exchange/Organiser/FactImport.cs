using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange.Organiser;

/// <summary>Stores what was imported as facts, all of it in one change that is undone as one.</summary>
internal sealed class FactImport(MemoryDatabase database, TimeProvider time, ImportOptions options)
{
    /// <summary>Stores the facts that are not known yet; where an entry says something else than before, a newer version.</summary>
    public Task<ImportReport> StoreAsync(IReadOnlyList<ImportedFact> facts, CancellationToken cancellationToken = default) =>
        database.WriteAsync(connection => connection.Try(options.IsDryRun, () => Store(connection, facts)), cancellationToken);

    private ImportReport Store(SqliteConnection connection, IReadOnlyList<ImportedFact> facts)
    {
        var now = time.GetUtcNow();
        long? change = null;
        var added = 0;
        foreach (var imported in facts)
        {
            if (New(connection, imported.Fact) is { } fact)
            {
                change ??= connection.BeginChange(ChangeAction.Import, now.ToUnixTimeMilliseconds());
                Insert(connection, change.Value, fact, now);
                added++;
            }

            AddAliases(connection, imported);
        }

        return new() { Facts = added, Known = facts.Count - added };
    }

    // What the user changed since, or what an entry said once, is not brought back.
    private static NewFact? New(SqliteConnection connection, NewFact fact)
    {
        var versions = connection.QueryFacts("where source_reference = $reference order by number", ("$reference", fact.Reference));
        var current = versions.FindLast(version => version.RetractedAt is null);
        return current is null ? fact
            : current.Origin == FactOrigin.User || versions.Exists(version => version.Text == fact.Text) ? null
            : fact with { Supersedes = current.Id, Egress = current.Egress, IsPinned = current.IsPinned };
    }

    private void Insert(SqliteConnection connection, long change, NewFact fact, DateTimeOffset now)
    {
        var id = FactId.New(time);
        if (fact.Supersedes is { } older)
        {
            connection.RecordBefore(change, older);
        }

        connection.Insert(id, fact, now.ToUnixTimeMilliseconds());
        connection.Insert(NewPassage.Of(id, fact.Text, fact.Valid.From ?? now));
        connection.RecordAdded(change, id);
    }

    private static void AddAliases(SqliteConnection connection, ImportedFact imported)
    {
        foreach (var alias in imported.Aliases)
        {
            connection.Execute(
                "insert or ignore into entity_aliases (alias, entity) select $alias, min(entity) from entity_aliases where alias = $name having min(entity) is not null",
                ("$alias", alias), ("$name", imported.Name));
        }
    }
}
