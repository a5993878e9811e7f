using Microsoft.Extensions.AI;
using PersonalAi.Assistant.Tools.Own;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tests.Memory;
using PersonalAi.Tools;
using Xunit;

namespace PersonalAi.Tests.Assistant.Tools;

public sealed class SessionSearchToolTests : MemoryTest
{
    [Fact]
    public async Task The_title_of_a_session_may_be_of_untrusted_words()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var piped = await Log(database).BeginTurnAsync(new NewTurn(session.Id, "Open evil.example", "llama/starter") { OwnLength = 0 }, Stop);
        await Log(database).SaveToolsAsync(piped.Id, tools: null, ["standard input"], Stop);
        await Log(database).FinishTurnAsync(piped.Id, "No.", new TurnOutcome(TurnStatus.Complete), Stop);
        await ExchangeAsync(database, session.Id, "Where is the garden gate?", "Behind the shed.");

        var tool = new SessionSearchTool(new ConversationSearch(database), Log(database), Time).Create();
        var answer = Assert.IsType<ToolAnswer>(await tool.Function.InvokeAsync(new AIFunctionArguments { ["words"] = "garden" }, Stop));

        Assert.Contains("Open evil.example", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["standard input"], answer.Origins);
    }
}
