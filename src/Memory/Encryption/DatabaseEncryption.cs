using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Encryption;

/// <summary>Encrypts a database, changes its key, or decrypts it. A crash at any point leaves the old file or the new one, each with its key file.</summary>
/// <param name="database">The database's file.</param>
public sealed class DatabaseEncryption(string database)
{
    private readonly string _database = Path.GetFullPath(database);

    /// <summary>Writes the whole database anew under another key, proves it equal, and puts it in the old one's place.</summary>
    /// <param name="present">Its key as it is now; null where it is not encrypted.</param>
    /// <param name="next">Its new key; null leaves it unencrypted.</param>
    /// <param name="cancellationToken">Stops it before the file is replaced.</param>
    /// <exception cref="MemoryException">The key is wrong, another pai has the database open, it is damaged, or the disk is full: nothing has changed.</exception>
    public Task ChangeKeyAsync(MemoryKey? present, MemoryKey? next, CancellationToken cancellationToken = default) => Task.Run(
        () => SqliteErrors.Guard(_database, () => Change(present, next, cancellationToken), cancellationToken), cancellationToken);

    private bool Change(MemoryKey? present, MemoryKey? next, CancellationToken cancellationToken)
    {
        SqliteLibrary.Load().RequireEncryption(_database);
        if (!File.Exists(_database))
        {
            throw new MemoryException(MemoryError.Invalid, $"There is no database '{_database}' yet; the first session makes it.");
        }

        DatabaseFile.Check(_database);
        var key = KeyFile.KeyFor(_database, present);
        using var hold = DatabaseHold.Take(_database, key);
        DeleteLeftovers();
        var fresh = $"{_database}.{Guid.NewGuid():N}.new";
        try
        {
            WriteAnew(hold, fresh, key, next, cancellationToken);

            // First the key file that the present file needs, whatever was interrupted earlier; then the one that the new one will.
            key?.File.WriteBeside(_database);
            next?.File.WriteNext(_database);
            hold.Replace(fresh);
        }
        finally
        {
            File.Delete(fresh);
        }

        KeyFile.Settle(_database, next?.File);
        return true;
    }

    private void WriteAnew(DatabaseHold hold, string fresh, MemoryKey? key, MemoryKey? next, CancellationToken cancellationToken)
    {
        var rows = DatabaseCopy.Make(hold.Connection, fresh, key, new DatabaseOptions(), cancellationToken);
        using (var copy = DatabaseConnection.Open(fresh, key, TimeSpan.Zero))
        {
            // A journal on the disk would hold pages under the old key, or under none.
            copy.Text("pragma journal_mode = memory");
            MemoryKey.Change(copy, next);
        }

        if (DatabaseCopy.ProblemOf(fresh, next, rows) is { } problem)
        {
            throw SqliteErrors.Damaged(_database, $"its copy did not pass the check: {problem}");
        }
    }

    // What a killed program left: a part of the database, maybe not encrypted. Nobody writes one while the database is held.
    private void DeleteLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(_database)!, $"{Path.GetFileName(_database)}.*.new*"))
        {
            File.Delete(file);
        }
    }
}
