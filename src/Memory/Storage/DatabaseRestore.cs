using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PersonalAi.Memory.Encryption;

namespace PersonalAi.Memory.Storage;

/// <summary>Puts a backup in the place of a database: checked and brought up to date before, and the present one is kept.</summary>
/// <param name="database">The database's file; it may be absent or damaged.</param>
/// <param name="time">Dates the copy of the present database.</param>
/// <param name="logger">Told of what was done.</param>
public sealed class DatabaseRestore(string database, TimeProvider time, ILogger logger)
{
    private readonly string _database = Path.GetFullPath(database);

    private DatabaseBackups Backups => new(_database, time);

    /// <summary>Restores a backup.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="key">Its key; null where it is not encrypted. The database has it afterwards.</param>
    /// <param name="present">The key of the database as it is now; null where it is not encrypted.</param>
    /// <param name="cancellationToken">Stops it before anything is replaced.</param>
    /// <exception cref="MemoryException">The backup is damaged, newer, not ours or under another key, or another pai has the database open: nothing has changed.</exception>
    public Task<RestoredDatabase> RunAsync(string file, MemoryKey? key, MemoryKey? present, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            SqliteLibrary.Load();
            var path = Path.GetFullPath(file);
            RefuseWrong(path);
            return SqliteErrors.Guard(_database, () => Restore(path, key, present, cancellationToken), cancellationToken);
        },
        cancellationToken);

    private RestoredDatabase Restore(string file, MemoryKey? key, MemoryKey? present, CancellationToken cancellationToken)
    {
        DatabaseFile.CreateFolder(Path.GetDirectoryName(_database)!);
        var options = new DatabaseOptions { Key = KeyFile.KeyFor(file, key) };
        var fresh = $"{_database}.{Guid.NewGuid():N}.new";
        try
        {
            var (schema, rows) = SqliteErrors.GuardBackup(file, () => CopyChecked(file, fresh, options, cancellationToken));
            var kept = Replace(fresh, options.Key?.File, present, cancellationToken);
            return new RestoredDatabase(file, Backups.MadeAt(file), schema, options.Migrations[^1].Number, rows, kept);
        }
        finally
        {
            File.Delete(fresh);
            File.Delete(fresh + "-journal");
        }
    }

    /// <summary>Copies the backup, proves the copy whole, and brings it to the present schema.</summary>
    private (int Schema, ImmutableSortedDictionary<string, long> Rows) CopyChecked(string file, string fresh, DatabaseOptions options, CancellationToken cancellationToken)
    {
        var migrator = new Migrator(file, options, time, logger);
        int schema;
        ImmutableSortedDictionary<string, long> expected;
        using (var source = DatabaseConnection.Open(file, options.Key, options.BusyTimeout, SqliteOpenMode.ReadOnly))
        {
            migrator.RefuseForeign(source);
            schema = (int)source.Number("pragma user_version");
            expected = DatabaseCopy.Make(source, fresh, options.Key, options, cancellationToken);
        }

        if (DatabaseCopy.ProblemOf(fresh, options.Key, expected) is { } problem)
        {
            throw SqliteErrors.DamagedBackup(file, problem);
        }

        using var copy = DatabaseConnection.Open(fresh, options.Key, options.BusyTimeout);
        VectorExtension.TryLoadInto(copy);
        copy.Execute("pragma foreign_keys = on; pragma secure_delete = on");
        migrator.UpdateCopy(copy);

        // Whoever wrote when the backup was made is not there any more; what it was answering is marked as interrupted.
        copy.Execute("delete from writers");
        return (schema, DatabaseCopy.CountOwnRows(copy));
    }

    /// <summary>Keeps the present database as a backup, and puts the file in its place.</summary>
    private string? Replace(string fresh, KeyFile? keyFile, MemoryKey? present, CancellationToken cancellationToken)
    {
        if (!File.Exists(_database))
        {
            keyFile?.WriteNext(_database);
            DatabaseHold.Swap(fresh, _database);
            KeyFile.Settle(_database, keyFile);
            return null;
        }

        var options = new DatabaseOptions { Key = KeyFile.KeyFor(_database, present) };
        using var hold = TryTake(options.Key);
        var kept = hold is not null && IsWhole(hold.Connection)
            ? Backups.Make(hold.Connection, options, cancellationToken: cancellationToken).Path
            : KeepDamaged(options.Key);

        // First the key file that the present database needs, whatever was interrupted earlier; then the one that the new one will.
        options.Key?.File.WriteBeside(_database);
        keyFile?.WriteNext(_database);
        if (hold is null)
        {
            DatabaseHold.Swap(fresh, _database);
        }
        else
        {
            hold.Replace(fresh);
        }

        KeyFile.Settle(_database, keyFile);
        return kept;
    }

    // A damaged database is the best reason to restore one. What is not even a database cannot be held.
    private DatabaseHold? TryTake(MemoryKey? key)
    {
        try
        {
            return DatabaseHold.Take(_database, key);
        }
        catch (SqliteException error) when (SqliteErrors.IsDamage(error))
        {
            return null;
        }
    }

    private static bool IsWhole(SqliteConnection connection)
    {
        try
        {
            return connection.Text("pragma quick_check(1)") == "ok";
        }
        catch (SqliteException error) when (SqliteErrors.IsDamage(error))
        {
            return false;
        }
    }

    /// <summary>Keeps the bytes of a database from which no backup can be made.</summary>
    private string KeepDamaged(MemoryKey? key)
    {
        DatabaseFile.CreateFolder(Backups.Folder);
        var kept = Path.Combine(Backups.Folder, $"damaged-{DatabaseBackups.Stamp(time.GetUtcNow())}.db");
        foreach (var part in new[] { "", "-wal" }.Where(part => File.Exists(_database + part)))
        {
            File.Copy(_database + part, kept + part);
        }

        key?.File.WriteBeside(kept);
        return kept;
    }

    private void RefuseWrong(string file)
    {
        if (!File.Exists(file))
        {
            throw new MemoryException(MemoryError.Invalid, $"There is no file '{file}' to restore; 'pai backup --list' shows the backups.");
        }

        if (new FileInfo(file).Length == 0)
        {
            throw SqliteErrors.DamagedBackup(file, "the file is empty");
        }

        if (file == _database)
        {
            throw new MemoryException(MemoryError.Invalid, $"'{file}' is the database itself; name a backup of it.");
        }
    }
}

/// <summary>What was restored.</summary>
/// <param name="File">The backup.</param>
/// <param name="MadeAt">When the backup was made: by its name, else by the file's date.</param>
/// <param name="Schema">The schema that it had.</param>
/// <param name="NewSchema">The schema that it was brought to.</param>
/// <param name="Rows">How many rows each table has now.</param>
/// <param name="Kept">The copy of what was there before; null where nothing was.</param>
public sealed record RestoredDatabase(string File, DateTimeOffset MadeAt, int Schema, int NewSchema, ImmutableSortedDictionary<string, long> Rows, string? Kept);
