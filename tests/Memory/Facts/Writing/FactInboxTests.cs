using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing.Queue;
using PersonalAi.Memory.Forgetting;
using Xunit;

namespace PersonalAi.Tests.Memory.Facts.Writing;

public sealed class FactInboxTests : MemoryTest
{
    private MemoryDatabase _database = null!;
    private SessionId _session;

    private FactInbox Inbox => new(_database, Time);

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _session = (await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop)).Id;
        await SayAsync("I'm Catholic.");
    }

    [Fact]
    public async Task What_is_accepted_is_a_fact_with_its_words_and_can_be_undone()
    {
        var entry = await Inbox.FindAsync((await SingleAsync()).Id.ShortForm, Stop);

        var fact = await Inbox.AcceptAsync(entry.Id, cancellationToken: Stop);
        var change = await new FactJournal(_database, Time).UndoAsync(Stop);

        Assert.Equal(("The user is Catholic.", new FactSource(entry.Turn, 0, 12)), (fact.Text, fact.Source));
        Assert.Equal(ChangeAction.Accept, change?.Action);
        Assert.Empty(await Inbox.ListAsync(Stop));
    }

    [Fact]
    public async Task What_is_edited_is_stored_in_the_users_words()
    {
        var fact = await Inbox.AcceptAsync((await SingleAsync()).Id, "I go to mass.", Stop);

        Assert.Equal("I go to mass.", fact.Text);
        Assert.Empty(await Inbox.ListAsync(Stop));
    }

    [Fact]
    public async Task What_is_rejected_is_gone_and_may_be_asked_again()
    {
        await Inbox.RejectAsync((await SingleAsync()).Id, Stop);
        Assert.Empty(await Inbox.ListAsync(Stop));

        await SayAsync("I'm Catholic, remember?");

        Assert.Empty(await new FactStore(_database, Time).ListAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task What_is_never_to_be_asked_is_not_proposed_again()
    {
        await Inbox.NeverAsync((await SingleAsync()).Id, Stop);

        await SayAsync("I'm Catholic since birth.");
        await SayAsync("Remember that I'm Catholic.");

        Assert.Empty(await Inbox.ListAsync(Stop));
        Assert.Empty(await new FactStore(_database, Time).ListAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task The_same_waits_once()
    {
        await SayAsync("I'm Catholic!");

        await SingleAsync();
    }

    [Fact]
    public async Task An_entry_goes_with_the_turn_that_says_it()
    {
        await _database.WriteAsync(connection => PersonalAi.Memory.Storage.SqliteCommands.Execute(connection, "update sessions set head = null; delete from turns"), Stop);

        Assert.Empty(await Inbox.ListAsync(Stop));
    }

    [Fact]
    public async Task What_is_forgotten_waits_no_more()
    {
        var fact = await new FactStore(_database, Time).AddAsync(new NewFact("The user is Catholic.", FactKind.Profile), Stop);

        await new MemoryEraser(_database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        Assert.Empty(await Inbox.ListAsync(Stop));
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        var refusal = await RefusalAsync(() => Inbox.FindAsync("ffff", Stop));

        Assert.Equal((MemoryError.NotFound, "No proposal has an id that starts with 'ffff'; list the proposals to see their ids."), refusal);
    }

    private async Task<InboxEntry> SingleAsync() => Assert.Single(await Inbox.ListAsync(Stop));

    private async Task SayAsync(string text)
    {
        await ExchangeAsync(_database, _session, text, "I see.");
        await new FactWriter(_database, Time).WriteAsync(Stop);
    }
}
