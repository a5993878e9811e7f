using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory;

/// <summary>A real database in a folder of the test's own.</summary>
public abstract class MemoryTest : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly List<MemoryDatabase> _opened = [];

    internal ManualTime Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected static SessionSettings Settings { get; } = new("default", "llama/starter");

    protected string Folder => _folder.Path;

    protected string File => _folder["pai.db"];

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal async Task<MemoryDatabase> OpenAsync(DatabaseOptions? options = null)
    {
        var database = await MemoryDatabase.OpenAsync(File, options ?? new DatabaseOptions(), Time, NullLogger.Instance, Stop);
        _opened.Add(database);
        return database;
    }

    /// <summary>A connection as another program would have it.</summary>
    protected static SqliteConnection Connect(string path)
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    protected static long Number(string path, string sql)
    {
        using var connection = Connect(path);
        return connection.Number(sql);
    }

    protected static string? Text(string path, string sql)
    {
        using var connection = Connect(path);
        return connection.Text(sql);
    }

    internal ConversationLog Log(MemoryDatabase database) => new(database, Time, NullLogger<ConversationLog>.Instance);

    internal SessionCatalog Sessions(MemoryDatabase database) => new(database, Time);

    /// <summary>A turn that has been asked and answered.</summary>
    internal async Task<Turn> ExchangeAsync(MemoryDatabase database, SessionId session, string prompt, string answer)
    {
        var turn = await Log(database).BeginTurnAsync(new NewTurn(session, prompt, "llama/starter"), Stop);
        Time.Advance(TimeSpan.FromSeconds(1));
        return await Log(database).FinishTurnAsync(turn.Id, answer, new TurnOutcome(TurnStatus.Complete) { FinishReason = "stop" }, Stop);
    }

    protected static async Task<(MemoryError Error, string Message)> RefusalAsync(Func<Task> action)
    {
        var refusal = await Assert.ThrowsAsync<MemoryException>(action);
        return (refusal.Error, refusal.Message);
    }
}
