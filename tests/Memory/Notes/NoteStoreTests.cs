using PersonalAi.Memory;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Forgetting;
using PersonalAi.Memory.Notes;
using Xunit;

namespace PersonalAi.Tests.Memory.Notes;

public sealed class NoteStoreTests : MemoryTest
{
    private NoteStore _notes = null!;
    private MemoryDatabase _database = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _notes = new NoteStore(_database, Time);
    }

    [Fact]
    public async Task A_note_is_found_by_its_words_the_best_first()
    {
        var boiler = await _notes.AddAsync("The boiler has to be serviced in May.", cancellationToken: Stop);
        var plumber = await _notes.AddAsync("  The plumber for the boiler is called Vasquez. ", origins: ["the page https://example.org/"], cancellationToken: Stop);
        await _notes.AddAsync("Buy oats.", cancellationToken: Stop);

        var found = await _notes.FindAsync("Which plumbers know boilers?", cancellationToken: Stop);

        Assert.Equal([plumber.Number, boiler.Number], found.Select(note => note.Number));
        Assert.Equal(("The plumber for the boiler is called Vasquez.", "the page https://example.org/"), (found[0].Text, Assert.Single(found[0].Origins)));
        Assert.Equal(3, (await _notes.FindAsync("", cancellationToken: Stop)).Count);
        Assert.Empty(await _notes.FindAsync("tax return", cancellationToken: Stop));
    }

    [Fact]
    public async Task A_reminder_comes_once_when_it_is_due()
    {
        var later = await _notes.AddAsync("Feed the cat.", Time.GetUtcNow().AddHours(2), cancellationToken: Stop);
        var sooner = await _notes.AddAsync("Call Anna.", Time.GetUtcNow().AddHours(1), cancellationToken: Stop);
        Assert.Equal([sooner, later], await _notes.RemindersAsync(Stop));
        Assert.Empty(await _notes.TakeDueAsync(Stop));

        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([sooner], await _notes.TakeDueAsync(Stop));
        Assert.Empty(await _notes.TakeDueAsync(Stop));
        Assert.Equal(Time.GetUtcNow(), (await _notes.FinishAsync(sooner.Number, Stop)).DoneAt);
        Assert.Equal([later], await _notes.RemindersAsync(Stop));
    }

    [Fact]
    public async Task What_is_no_note_and_what_is_not_there_is_refused()
    {
        Assert.Equal((MemoryError.Invalid, "A note has 1 to 4000 characters, this one has 0."), await RefusalAsync(() => _notes.AddAsync(" ", cancellationToken: Stop)));
        Assert.Equal((MemoryError.NotFound, "There is no note 7; list them to choose one."), await RefusalAsync(() => _notes.FinishAsync(7, Stop)));
    }

    [Fact]
    public async Task What_is_forgotten_leaves_notes_too()
    {
        await _notes.AddAsync("Buy oats. My sister Quirina lives in Zanzibar.", cancellationToken: Stop);
        var fact = await new FactStore(_database, Time).AddAsync(new NewFact("The user's sister Quirina lives in Zanzibar.", FactKind.Relation), Stop);

        await new MemoryEraser(_database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        Assert.Equal("Buy oats.[forgotten]", Assert.Single(await _notes.FindAsync("", cancellationToken: Stop)).Text.Replace(" ", "", StringComparison.Ordinal).Replace("Buyoats", "Buy oats", StringComparison.Ordinal));
    }
}
