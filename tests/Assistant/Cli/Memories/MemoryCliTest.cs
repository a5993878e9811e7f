using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Memories;

/// <summary>Facts in a real database, and pai beside them.</summary>
public abstract class MemoryCliTest : IDisposable
{
    private protected MemoryCliTest()
    {
        Pai = new PaiSandbox { Time = Time };
        Pai.Environment["PAI_MODEL_EMBEDDING"] = Path.Combine(Pai.Data, "absent.gguf");
    }

    internal ManualTime Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    internal PaiSandbox Pai { get; }

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Pai.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a command of <c>pai memory</c>; a minute passes.</summary>
    internal async Task<PaiResult> RunAsync(params string[] arguments)
    {
        var result = await Pai.RunAsync(["memory", .. arguments]);
        Time.Advance(TimeSpan.FromMinutes(1));
        return result;
    }

    /// <summary>Adds a fact.</summary>
    /// <returns>The beginning of its id.</returns>
    internal async Task<string> AddAsync(params string[] arguments)
    {
        var result = await RunAsync(["add", "--json", .. arguments]);
        return Json(result).GetProperty("id").GetString()![..13];
    }

    internal static JsonElement Json(PaiResult result) => JsonDocument.Parse(result.Output).RootElement;

    /// <summary>A fact that was learnt from a turn.</summary>
    internal async Task<(Turn Turn, Fact Fact)> LearnAsync(string said, string answer)
    {
        await using var database = await Pai.OpenDatabaseAsync();
        var session = await new SessionCatalog(database, Time).CreateAsync(new SessionSettings("default", "llama/starter"), cancellationToken: Stop);
        var log = new ConversationLog(database, Time, NullLogger<ConversationLog>.Instance);
        var begun = await log.BeginTurnAsync(new NewTurn(session.Id, $"Hello! {said}", "llama/starter"), Stop);
        var turn = await log.FinishTurnAsync(begun.Id, answer, new TurnOutcome(TurnStatus.Complete), Stop);
        var fact = await new FactStore(database, Time).AddAsync(new NewFact(said, FactKind.Relation) { Source = new FactSource(turn.Id, 7, said.Length) }, Stop);
        Time.Advance(TimeSpan.FromMinutes(1));
        return (turn, fact);
    }
}
