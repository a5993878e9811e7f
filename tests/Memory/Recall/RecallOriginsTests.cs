using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall;

public sealed class RecallOriginsTests : MemoryTest
{
    [Fact]
    public async Task Only_what_the_user_said_and_answers_to_it_alone_come_from_nowhere_else()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await new FactStore(database, Time).AddAsync(new NewFact("The user keeps bees.", FactKind.Profile), Stop);
        await ExchangeAsync(database, session.Id, "I keep bees.", "How many bees?");
        var piped = await Log(database).BeginTurnAsync(new NewTurn(session.Id, "What is this?\n\nA mail about bees.", "llama/starter") { OwnLength = 13 }, Stop);
        await Log(database).SaveToolsAsync(piped.Id, null, ["standard input"], Stop);
        await Log(database).FinishTurnAsync(piped.Id, "It is about bees.", new TurnOutcome(TurnStatus.Complete), Stop);
        await new MemoryIndexer(database, Time).IndexTurnsAsync(Stop);
        var hits = await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("bees"), null, Stop);

        var origins = await Task.WhenAll(hits.Select(async hit => (hit.Passage.Text, Of: string.Join(", ", await new RecallLog(database, Time).OriginsAsync([hit.Passage], Stop)))));

        Assert.Equal(
            [
                ("How many bees?", ""),
                ("I keep bees.", ""),
                ("It is about bees.", "standard input"),
                ("The user keeps bees.", ""),
                ("What is this?\n\nA mail about bees.", "what was piped into an earlier message"),
            ],
            origins.OrderBy(hit => hit.Text, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("🐝🐝🐝🐝🐝🐝 ", "bees.", "what was piped into an earlier message")]
    [InlineData("🐝🐝🐝🐝🐝🐝 bees.", "", "")]
    public async Task What_was_typed_is_measured_as_it_was_stored(string typed, string piped, string expected)
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await Log(database).BeginTurnAsync(new NewTurn(session.Id, typed + piped, "llama/starter") { OwnLength = typed.Length }, Stop);
        await new MemoryIndexer(database, Time).IndexTurnsAsync(Stop);
        var hit = Assert.Single(await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("bees"), null, Stop));

        Assert.Equal(expected, string.Join(", ", await new RecallLog(database, Time).OriginsAsync([hit.Passage], Stop)));
    }
}
