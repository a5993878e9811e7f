using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PersonalAi.Memory.Storage;

/// <summary>The one place where SQLite's and the file system's errors become sentences.</summary>
internal static class SqliteErrors
{
    public static MemoryException Translate(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        _ when IsDamage(error) => Damaged(path, error.Message, error),
        raw.SQLITE_FULL => new(
            MemoryError.DiskFull, $"No room is left for the database '{path}'; free some on its disk and try again.", error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => NotWritable(path, error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
            MemoryError.Locked, $"The database '{path}' is held by another program; close it, or wait, and try again.", error),
        raw.SQLITE_CANTOPEN => new(
            MemoryError.Failed, $"The database '{path}' cannot be opened; check that it and its folder may be read and written.", error),
        raw.SQLITE_TOOBIG => new(
            MemoryError.Invalid, "A text of more than 1,000,000,000 bytes cannot be stored; shorten it.", error),
        _ => new(MemoryError.Failed, $"The database '{path}' could not be used ({error.Message.TrimEnd('.')}); try again, and check its disk.", error),
    };

    public static MemoryException Damaged(string path, string what, Exception? inner = null) => new(
        MemoryError.Corrupt,
        $"The database '{path}' is damaged or not a database ({what.TrimEnd('.')}); restore the newest copy in 'backups' beside it, or move it away to start anew.",
        inner);

    public static MemoryException NotWritable(string path, Exception? inner = null) => new(
        MemoryError.ReadOnly, $"The database '{path}' may not be written; make it and its folder writable, or choose another data folder.", inner);

    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public static MemoryException DamagedBackup(string path, string what, Exception? inner = null) => new(
        MemoryError.Corrupt,
        $"The backup '{path}' is damaged or not a database ({what.TrimEnd('.')}); nothing was changed, and 'pai backup --list' shows the others.",
        inner);

    /// <summary>Runs work on a backup: what is damaged there is not the database.</summary>
    public static T GuardBackup<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            throw DamagedBackup(path, error.Message, error);
        }
    }

    /// <summary>Runs work on a database and lets no foreign error out.</summary>
    public static T Guard<T>(string path, Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return work();
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (SqliteException error)
        {
            throw Translate(error, path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotWritable(path, error);
        }
        catch (IOException error)
        {
            throw new MemoryException(
                MemoryError.Failed, $"The database '{path}' cannot be opened ({error.Message.TrimEnd('.')}); check the path and its disk.", error);
        }
    }
}
