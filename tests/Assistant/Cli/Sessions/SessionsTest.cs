using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Sessions;

/// <summary>Sessions in a real database, and pai beside them.</summary>
public abstract class SessionsTest : IDisposable
{
    private protected SessionsTest() => Pai = new PaiSandbox { Time = Time };

    internal ManualTime Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    internal PaiSandbox Pai { get; }

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Pai.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A session with one turn; a minute passes.</summary>
    internal Task<Session> AddAsync(string prompt, string answer) => UseAsync(async (sessions, log) =>
    {
        var session = await sessions.CreateAsync(new SessionSettings("default", "llama/starter"), cancellationToken: Stop);
        await ExchangeAsync(log, new NewTurn(session.Id, prompt, "starter"), answer);
        Time.Advance(TimeSpan.FromMinutes(1));
        return await sessions.GetAsync(session.Id, Stop);
    });

    internal static async Task<Turn> ExchangeAsync(ConversationLog log, NewTurn turn, string answer, TurnOutcome? outcome = null)
    {
        var begun = await log.BeginTurnAsync(turn, Stop);
        return await log.FinishTurnAsync(begun.Id, answer, outcome ?? new TurnOutcome(TurnStatus.Complete) { FinishReason = "stop" }, Stop);
    }

    internal async Task<T> UseAsync<T>(Func<SessionCatalog, ConversationLog, Task<T>> use)
    {
        await using var database = await Pai.OpenDatabaseAsync();
        return await use(new SessionCatalog(database, Time), new ConversationLog(database, Time, NullLogger<ConversationLog>.Instance));
    }

    internal Task<Session> GetAsync(SessionId id) => UseAsync((sessions, _) => sessions.GetAsync(id, Stop));
}
