using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Encryption;
using SQLitePCL;

namespace PersonalAi.Memory.Storage;

/// <summary>Copies of a database in the folder 'backups' beside it: taken while it is in use, and checked before they count.</summary>
/// <param name="database">The database's file.</param>
/// <param name="time">Dates the copies.</param>
public sealed class DatabaseBackups(string database, TimeProvider time)
{
    private const string StampFormat = "yyyyMMdd'T'HHmmss.fff'Z'";

    private readonly string _database = Path.GetFullPath(database);

    /// <summary>Where the copies lie.</summary>
    public string Folder => Path.Combine(Path.GetDirectoryName(_database)!, "backups");

    private string Prefix => $"{Path.GetFileNameWithoutExtension(_database)}-";

    /// <summary>Makes a copy of the database as it is now, under the same key, and checks it: its structure, and the rows of every table.</summary>
    /// <param name="key">The database's key; null where it is not encrypted.</param>
    /// <param name="to">The copy's file, replaced if it is there; null for one of its own in <see cref="Folder"/>.</param>
    /// <param name="cancellationToken">Stops the copying; nothing is left of it.</param>
    /// <exception cref="MemoryException">The copy could not be written, or is not what the database is.</exception>
    public Task<StoredBackup> MakeAsync(MemoryKey? key, string? to = null, CancellationToken cancellationToken = default) =>
        MakeAsync(new DatabaseOptions { Key = key }, to, cancellationToken);

    /// <summary>The copies in <see cref="Folder"/>, newest first.</summary>
    public ImmutableArray<StoredBackup> List() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, $"{Prefix}*.db").Select(TryDescribe).OfType<StoredBackup>().OrderByDescending(backup => backup.MadeAt)]
        : [];

    /// <summary>Every database in <see cref="Folder"/> that can be read without a key, damaged ones included.</summary>
    public ImmutableArray<string> ListUnencrypted() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.db").Where(path => DatabaseFile.ReadSalt(path) is null).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>When a copy was made: by its name, else by the file's date.</summary>
    internal DateTimeOffset MadeAt(string path) => TryDescribe(path)?.MadeAt ?? new DateTimeOffset(File.GetLastWriteTimeUtc(path));

    /// <summary>Deletes the oldest copies in <see cref="Folder"/>.</summary>
    /// <param name="keep">How many to keep.</param>
    /// <returns>Those that were deleted.</returns>
    /// <exception cref="MemoryException">One cannot be deleted.</exception>
    public ImmutableArray<StoredBackup> Rotate(int keep) => SqliteErrors.Guard(Folder, () => DeleteOldest(keep), CancellationToken.None);

    internal Task<StoredBackup> MakeAsync(DatabaseOptions options, string? to = null, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            SqliteLibrary.Load();
            return SqliteErrors.Guard(_database, () => Make(options with { Key = KeyFile.KeyFor(_database, options.Key) }, to, cancellationToken), cancellationToken);
        },
        cancellationToken);

    internal StoredBackup Make(DatabaseOptions options, string? to = null, CancellationToken cancellationToken = default)
    {
        using var source = DatabaseConnection.Open(_database, options.Key, options.BusyTimeout);
        return Make(source, options, to, cancellationToken);
    }

    /// <summary>Makes a copy by a connection with no transaction.</summary>
    internal StoredBackup Make(SqliteConnection source, DatabaseOptions options, string? to = null, CancellationToken cancellationToken = default)
    {
        var schema = (int)source.Number("pragma user_version");
        var madeAt = time.GetUtcNow();
        var path = to is null ? NewPath(madeAt, schema) : Path.GetFullPath(to);

        // Beside and renamed: what has the name of a copy is a whole one.
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            Fill(source, partial, path, options, cancellationToken);
            options.Key?.File.WriteBeside(path);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
            File.Delete(partial + "-journal");
        }

        return Describe(path, madeAt, schema);
    }

    private void Fill(SqliteConnection source, string partial, string path, DatabaseOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var rows = DatabaseCopy.Make(source, partial, options.Key, options, cancellationToken);
            if (DatabaseCopy.ProblemOf(partial, options.Key, rows) is { } problem)
            {
                throw SqliteErrors.Damaged(_database, $"its copy did not pass the check: {problem}");
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY)
        {
            // It is the copy that could not be written, not the database.
            throw SqliteErrors.Translate(error, path);
        }
    }

    private string NewPath(DateTimeOffset madeAt, int schema)
    {
        DatabaseFile.CreateFolder(Folder);
        return Path.Combine(Folder, $"{Prefix}{Stamp(madeAt)}-v{schema}.db");
    }

    private ImmutableArray<StoredBackup> DeleteOldest(int keep)
    {
        var oldest = List().Skip(keep).ToImmutableArray();
        foreach (var backup in oldest)
        {
            File.Delete(backup.Path);
            KeyFile.DeleteOf(backup.Path);
        }

        return oldest;
    }

    private StoredBackup? TryDescribe(string path)
    {
        // pai-20260102T030405.000Z-v1
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name[Prefix.Length..].Split("-v") is [var stamp, var schema]
            && TryReadStamp(stamp, out var madeAt)
            && int.TryParse(schema, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? Describe(path, madeAt, version)
            : null;
    }

    internal static string Stamp(DateTimeOffset moment) => moment.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture);

    private static bool TryReadStamp(string stamp, out DateTimeOffset madeAt) =>
        DateTimeOffset.TryParseExact(stamp, StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out madeAt);

    private static StoredBackup Describe(string path, DateTimeOffset madeAt, int schema) =>
        new(path, madeAt, schema, new FileInfo(path).Length, DatabaseFile.ReadSalt(path) is not null);
}

/// <summary>A copy of a database.</summary>
/// <param name="Path">Its file.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Schema">The schema that the database had.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="IsEncrypted">Whether a key is needed to read it.</param>
public sealed record StoredBackup(string Path, DateTimeOffset MadeAt, int Schema, long Bytes, bool IsEncrypted);
