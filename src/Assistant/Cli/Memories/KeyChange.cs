using System.Collections.Immutable;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Changes the key of the memory: the database, what the model has read of it, and on request the backups.</summary>
/// <param name="pai">The services.</param>
/// <param name="present">The key as it is; null where nothing is encrypted.</param>
/// <param name="next">The new key; null where nothing shall be encrypted.</param>
internal sealed class KeyChange(Composition pai, MemoryKey? present, MemoryKey? next)
{
    /// <summary>The database.</summary>
    public async Task ChangeDatabaseAsync(CancellationToken cancellationToken = default)
    {
        // Before, so that a crash leaves none that can be read; after, since another pai may have answered in between.
        await DropSnapshotsAsync(cancellationToken);
        await new DatabaseEncryption(pai.Data.Database).ChangeKeyAsync(present, next, cancellationToken);
        await DropSnapshotsAsync(CancellationToken.None);
    }

    /// <summary>The backups that have the present key.</summary>
    /// <returns>Their names.</returns>
    public async Task<ImmutableArray<string>> ChangeBackupsAsync(CancellationToken cancellationToken = default)
    {
        var changed = ImmutableArray.CreateBuilder<string>();
        foreach (var backup in pai.Backups.List().Where(HasPresentKey))
        {
            await new DatabaseEncryption(backup.Path).ChangeKeyAsync(present, next, cancellationToken);
            changed.Add(Path.GetFileName(backup.Path));
        }

        return changed.ToImmutable();
    }

    /// <summary>Says what has changed, and what has not.</summary>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="done">The first sentence; null where the database was left as it was.</param>
    /// <param name="backups">The backups that were changed.</param>
    public void Report(bool json, string? done, ImmutableArray<string> backups)
    {
        ImmutableArray<string> others = next is null ? [] : [.. pai.Backups.ListUnencrypted().Select(path => Path.GetFileName(path))];
        ImmutableArray<string> older = [.. pai.Backups.List().Where(backup => backup.IsEncrypted && KeyFile.Of(backup.Path)?.Salt != next?.File.Salt).Select(backup => Path.GetFileName(backup.Path))];
        if (json)
        {
            pai.Console.Output.WriteJson(new
            {
                id = pai.Data.Database,
                encrypted = next is not null,
                key = next?.File.Source.ToJsonName(),
                backups_changed = backups,
                backups_unencrypted = others,
                backups_under_another_key = older,
            });
            return;
        }

        WriteLine(done);
        WriteLine(backups.Length > 0 ? $"So {(backups.Length == 1 ? "is the backup" : "are the backups")} {string.Join(", ", backups)}." : null);
        WriteLine(others.Length > 0 ? $"Not encrypted, and readable by whoever gets them: {string.Join(", ", others)} in '{pai.Backups.Folder}'; 'pai memory encrypt --backups' encrypts those that are whole." : null);
        WriteLine(older.Length > 0 ? $"Still under the key that they were made with: {string.Join(", ", older)}." : null);
    }

    private bool HasPresentKey(StoredBackup backup) =>
        present is null ? !backup.IsEncrypted : KeyFile.Of(backup.Path)?.Salt == present.File.Salt;

    // What was said can be computed back from them. First where they could be written again from.
    private async Task DropSnapshotsAsync(CancellationToken cancellationToken)
    {
        await pai.Engine.ForgetSnapshotsAsync(pai.Data.KvSnapshots, cancellationToken);
        pai.Snapshots.Prune(0);
    }

    private void WriteLine(string? line)
    {
        if (line is not null)
        {
            pai.Console.Output.WriteLine(line);
        }
    }
}
