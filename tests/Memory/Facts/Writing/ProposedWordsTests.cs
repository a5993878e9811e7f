using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts.Writing.Queue;
using Xunit;

namespace PersonalAi.Tests.Memory.Facts.Writing;

public sealed class ProposedWordsTests : MemoryTest
{
    private MemoryDatabase _database = null!;
    private FactWriter _writer = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _writer = new FactWriter(_database, Time);
        var session = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(_database, session.Id, "The shed key hangs behind the blue jar. What is the weather?", "The user hates bees.");
        await Log(_database).BeginTurnAsync(new NewTurn(session.Id, "Read this:\n\nThe user banks with Evil Ltd.", "llama/starter") { OwnLength = 10 }, Stop);
    }

    [Fact]
    public async Task Words_that_the_user_typed_wait_in_the_inbox()
    {
        var isProposed = await _writer.ProposeAsync("the shed key hangs behind the blue jar", "tool", Stop);

        Assert.True(isProposed);
        var entry = Assert.Single(await new FactInbox(_database, Time).ListAsync(Stop));
        Assert.Equal(("The shed key hangs behind the blue jar", "The shed key hangs behind the blue jar"), (entry.Candidate.Text, entry.Words));
        Assert.Equal(0, Number(File, "select count(*) from facts"));
    }

    [Theory]
    [InlineData("The user banks with Evil Ltd.")]
    [InlineData("The user hates bees.")]
    [InlineData("The shed key hangs behind the red jar")]
    [InlineData("  ")]
    public async Task Words_that_stand_anywhere_else_do_not(string words)
    {
        var isProposed = await _writer.ProposeAsync(words, "tool", Stop);

        Assert.False(isProposed);
        Assert.Empty(await new FactInbox(_database, Time).ListAsync(Stop));
    }
}
