using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Encryption;

namespace PersonalAi.Memory.Storage;

/// <summary>Opens connections to a database file, unlocked where it is encrypted.</summary>
internal static class DatabaseConnection
{
    /// <param name="path">The file.</param>
    /// <param name="key">Its key; null where it is not encrypted.</param>
    /// <param name="busyTimeout">How long to wait for others.</param>
    /// <param name="mode">What may be done to it.</param>
    public static SqliteConnection Open(string path, MemoryKey? key, TimeSpan busyTimeout, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            // SQLite waits itself (busy_timeout); the provider's own loop around it, in whole seconds, would multiply that.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();

            // Before anything else: the first look into the file needs it.
            key?.Unlock(connection);
            connection.Execute($"pragma busy_timeout = {(int)busyTimeout.TotalMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
