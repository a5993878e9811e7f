using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory;

/// <summary>The one SQLite file that holds everything the assistant remembers.</summary>
// Each operation takes a pooled connection and runs on the thread pool, since SQLite's calls block; writes of this process
// queue at one gate and start with BEGIN IMMEDIATE, so that they neither spin against each other nor fail half-way.
public sealed partial class MemoryDatabase : IAsyncDisposable
{
    private readonly ConnectionPool _pool;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _wrote;
    private bool _disposed;

    private MemoryDatabase(string path, ConnectionPool pool, TimeProvider time, ILogger logger) =>
        (Path, _pool, _time, _logger, Writer) = (path, pool, time, logger, Guid.CreateVersion7(time.GetUtcNow()).ToString());

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>This opening of the file, as turns that are being answered name it.</summary>
    internal string Writer { get; }

    /// <summary>Opens the file, making or migrating it where needed, and repairs what a crash left behind.</summary>
    /// <exception cref="MemoryException">The file is damaged, newer, read-only, held by another program, or no SQLite is here.</exception>
    public static Task<MemoryDatabase> OpenAsync(string path, TimeProvider time, ILogger logger, CancellationToken cancellationToken = default) =>
        OpenAsync(path, key: null, time, logger, cancellationToken);

    /// <summary>Opens the file, which may be encrypted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Its key; not needed where the file is absent or not encrypted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told what was repaired.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MemoryException">As without a key; or the file is encrypted under another (<see cref="MemoryError.WrongKey"/>).</exception>
    public static Task<MemoryDatabase> OpenAsync(
        string path, MemoryKey? key, TimeProvider time, ILogger logger, CancellationToken cancellationToken = default) =>
        OpenAsync(path, new DatabaseOptions { Key = key }, time, logger, cancellationToken);

    /// <summary>Checks the whole file's structure.</summary>
    /// <exception cref="MemoryException">The file is damaged.</exception>
    public Task CheckAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(connection => { Check(Path, connection); return true; }, cancellationToken);

    /// <summary>The schema's version: the number of the last migration.</summary>
    public Task<int> SchemaVersionAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(connection => (int)connection.Number("pragma user_version"), cancellationToken);

    /// <summary>Closes the file; the write-ahead log is merged into it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_wrote)
        {
            await LeaveAsync();
        }

        _pool.Dispose();
        _writing.Dispose();
    }

    internal static Task<MemoryDatabase> OpenAsync(
        string path, DatabaseOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken = default)
    {
        var fullPath = System.IO.Path.GetFullPath(path);
        return Task.Run(
            () =>
            {
                SqliteLibrary.Load();
                return SqliteErrors.Guard(fullPath, () => Open(fullPath, options, time, logger, cancellationToken), cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Runs queries.</summary>
    internal Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => SqliteErrors.Guard(Path, () => _pool.Use(read, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>Runs statements in one transaction that is committed when they return.</summary>
    internal async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(connection => InTransaction(connection, write), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs statements that cannot run in a transaction, while this process writes nothing else.</summary>
    internal async Task<T> MaintainAsync<T>(Func<SqliteConnection, T> maintain, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(maintain, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static MemoryDatabase Open(string path, DatabaseOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        DatabaseFile.CreateIfAbsent(path, fresh =>
        {
            var plain = options with { Key = null };
            using var pool = new ConnectionPool(fresh, plain, logger);
            pool.Use(connection => { UseWriteAheadLog(connection); new Migrator(path, plain, time, logger).Create(connection); return true; }, cancellationToken);
        });
        DatabaseFile.Check(path);
        options = options with { Key = KeyFile.KeyFor(path, options.Key) };

        var migrator = new Migrator(path, options, time, logger);
        var pool = new ConnectionPool(path, options, logger);
        var database = new MemoryDatabase(path, pool, time, logger);
        try
        {
            pool.Use(connection => { migrator.Update(connection); UseWriteAheadLog(connection); database.Recover(connection); return true; }, cancellationToken);
            return database;
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    private static void UseWriteAheadLog(SqliteConnection connection) => connection.Text("pragma journal_mode = wal");

    private static void Check(string path, SqliteConnection connection)
    {
        if (connection.Text("pragma quick_check(1)") is var found && found != "ok")
        {
            throw SqliteErrors.Damaged(path, found ?? "no answer");
        }
    }

    private T InTransaction<T>(SqliteConnection connection, Func<SqliteConnection, T> write)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        Enter(connection);
        var result = write(connection);
        transaction.Commit();
        _wrote = true;
        return result;
    }

    // Every time, not once: a process that could not see this one may have taken its row for that of a dead one.
    private void Enter(SqliteConnection connection) => connection.Execute(
        "insert or ignore into writers (id, process, started, opened_at) values ($id, $process, $started, $now)",
        ("$id", Writer),
        ("$process", ProcessMark.Current.Number),
        ("$started", ProcessMark.Current.Started),
        ("$now", _time.GetUtcNow().ToUnixTimeMilliseconds()));

    private async Task LeaveAsync()
    {
        try
        {
            await WriteAsync(connection => connection.Execute("delete from writers where id = $id", ("$id", Writer)), CancellationToken.None);
        }
        catch (MemoryException error)
        {
            // The next start then takes this for a crash and checks the file, which is right when it could not be written.
            LogNotClosed(Path, error);
        }
    }

    // A writer's row goes when it closes the file; one whose process is gone tells of a crash. Removing it ends its turns (a trigger).
    private void Recover(SqliteConnection connection)
    {
        var dead = connection.Query("select id, process, started from writers", row => (Id: row.Text("id"), Mark: new ProcessMark(row.GetInt32(1), row.GetInt64(2))))
            .Where(writer => !writer.Mark.IsAlive)
            .ToList();
        if (dead.Count == 0)
        {
            return;
        }

        LogCrash(Path, dead.Count);
        Check(Path, connection);
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var (id, _) in dead)
        {
            connection.Execute("delete from writers where id = $id", ("$id", id));
        }

        transaction.Commit();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was not closed by {Count} earlier program(s); its structure is checked.")]
    private partial void LogCrash(string path, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} could not be closed cleanly; the next start checks it.")]
    private partial void LogNotClosed(string path, Exception error);
}
