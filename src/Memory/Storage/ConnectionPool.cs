using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace PersonalAi.Memory.Storage;

/// <summary>Open, configured connections to one file.</summary>
// Our own instead of the provider's: a connection is set up once in its life (pragmas, sqlite-vec, which must not be
// loaded twice), and all are surely closed on disposal, so that the last one checkpoints the write-ahead log.
internal sealed partial class ConnectionPool(string path, DatabaseOptions options, ILogger logger) : IDisposable
{
    private const int Kept = 4;

    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private string? _vectorExtension = VectorExtension.Path;
    private volatile bool _disposed;

    /// <summary>Runs work on a connection that nobody else uses meanwhile; a connection on which work failed is not used again.</summary>
    public T Use<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var connection = _idle.TryTake(out var idle) ? idle : Open();
        var done = false;
        try
        {
            using var interrupt = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
            var result = work(connection);
            done = true;
            return result;
        }
        finally
        {
            GiveBack(connection, done);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private void GiveBack(SqliteConnection connection, bool usable)
    {
        if (!usable || _disposed || _idle.Count >= Kept)
        {
            connection.Dispose();
            return;
        }

        _idle.Add(connection);
        if (_disposed)
        {
            Dispose();
        }
    }

    private SqliteConnection Open()
    {
        var connection = DatabaseConnection.Open(path, options.Key, options.BusyTimeout);
        try
        {
            Configure(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Configure(SqliteConnection connection)
    {
        // The first look into the file fails here where it is locked or damaged, not in a pragma that passes over it.
        connection.Number("pragma schema_version");

        // NORMAL in WAL: a killed process loses nothing that was committed, a power cut at most the last commits.
        // temp_store: what people wrote must not reach temporary files.
        connection.Execute(
            """
            pragma foreign_keys = on;
            pragma secure_delete = on;
            pragma synchronous = normal;
            pragma temp_store = memory;
            """);
        if (options.MaxPages is { } pages)
        {
            connection.Execute($"pragma max_page_count = {pages}");
        }

        LoadVectorExtension(connection);
    }

    private void LoadVectorExtension(SqliteConnection connection)
    {
        if (_vectorExtension is not { } extension)
        {
            return;
        }

        if (VectorExtension.TryLoad(connection, extension) is { } problem)
        {
            _vectorExtension = null;
            LogNoVectors(extension, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The extension {Path} could not be loaded: vectors cannot be searched inside SQLite.")]
    private partial void LogNoVectors(string path, Exception error);
}
