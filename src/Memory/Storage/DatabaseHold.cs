using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Encryption;
using SQLitePCL;

namespace PersonalAi.Memory.Storage;

/// <summary>Keeps a database to itself, so that its file can be replaced: nobody else has it open, or can open it, until this is disposed of.</summary>
internal sealed partial class DatabaseHold : IDisposable
{
    private readonly string _path;

    private DatabaseHold(string path, SqliteConnection connection) => (_path, Connection) = (path, connection);

    /// <summary>The only connection to the database.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Takes a database.</summary>
    /// <exception cref="MemoryException">Another program has it open.</exception>
    public static DatabaseHold Take(string path, MemoryKey? key)
    {
        var connection = DatabaseConnection.Open(path, key, TimeSpan.FromMilliseconds(500));
        try
        {
            VectorExtension.TryLoadInto(connection);
            connection.Execute("pragma foreign_keys = on");
            connection.Text("pragma locking_mode = exclusive");

            // Whoever has the file open in WAL mode holds a lock on it, reading or not: only the last can leave that mode, and
            // merges the log by it. From the first transaction on, nobody else gets a lock.
            connection.Text("pragma journal_mode = delete");
            connection.Text("pragma journal_mode = memory");
            connection.Execute("begin exclusive; commit");
            return new DatabaseHold(path, connection);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            connection.Dispose();
            throw new MemoryException(MemoryError.Locked, $"The database '{path}' is in use by another pai; close it and try again.", error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Puts a file in the place of the database.</summary>
    public void Replace(string fresh)
    {
        if (OperatingSystem.IsWindows())
        {
            // An open file cannot be replaced there.
            Connection.Dispose();
            Swap(fresh, _path);
            return;
        }

        using var old = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        Swap(fresh, _path);
        Wipe(old);
    }

    /// <summary>Puts a file in the place of one that no connection has open.</summary>
    public static void Swap(string fresh, string path)
    {
        // A log that stayed would be played into the new file.
        foreach (var beside in (string[])["-wal", "-shm", "-journal"])
        {
            File.Delete(path + beside);
        }

        using (var file = new FileStream(fresh, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    public void Dispose() => Connection.Dispose();

    // What was deleted could be read from the disk for a long time. And whoever opened the old file while it was held must not
    // write on into a file that has no name any more. It is safe once the disk knows the new file under its name.
    private static void Wipe(FileStream old)
    {
        var zeros = new byte[1 << 20];
        for (var left = old.Length; left > 0; left -= zeros.Length)
        {
            old.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }

        old.Flush(flushToDisk: true);
    }

    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = open(folder, flags: 0);
        if (descriptor < 0 || fsync(descriptor) != 0)
        {
            throw new IOException($"The folder '{folder}' could not be written to the disk (error {Marshal.GetLastPInvokeError()})");
        }

        _ = close(descriptor);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
