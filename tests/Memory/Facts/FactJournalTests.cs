using PersonalAi.Memory;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using Xunit;

namespace PersonalAi.Tests.Memory.Facts;

public sealed class FactJournalTests : MemoryTest
{
    private static readonly NewFact Bergen = new("Anna lives in Bergen.", FactKind.Relation);

    [Fact]
    public async Task An_edit_leaves_the_older_version_answerable()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        var old = await facts.AddAsync(Bergen with { IsPinned = true, Egress = EgressLabel.Never }, Stop);
        Time.Advance(TimeSpan.FromDays(1));

        var edited = await facts.EditAsync(old.Id, new FactEdit { Text = "Anna lives in Oslo." }, Stop);

        Assert.Equal(("Anna lives in Oslo.", FactKind.Relation, true, EgressLabel.Never, old.Id), (edited.Text, edited.Kind, edited.IsPinned, edited.Egress, edited.Supersedes));
        Assert.Equal([edited], await facts.ListAsync(cancellationToken: Stop));
        Assert.Equal(["Anna lives in Oslo."], await AnswersAsync(database, null));
        Assert.Equal(["Anna lives in Bergen."], await AnswersAsync(database, Time.GetUtcNow() - TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task Undo_goes_back_one_change_at_a_time_until_there_is_none()
    {
        var database = await OpenAsync();
        var (facts, journal) = (new FactStore(database, Time), new FactJournal(database, Time));
        var old = await facts.AddAsync(Bergen, Stop);
        var edited = await facts.EditAsync(old.Id, new FactEdit { Text = "Anna lives in Oslo." }, Stop);
        await facts.PinAsync(edited.Id, cancellationToken: Stop);
        await facts.LabelAsync(edited.Id, EgressLabel.Ok, Stop);

        var undone = new List<(ChangeAction?, string)>();
        do
        {
            var change = await journal.UndoAsync(Stop);
            undone.Add((change?.Action, string.Join("; ", (await facts.ListAsync(cancellationToken: Stop)).Select(fact => $"{fact.Text} {fact.Egress} {fact.IsPinned}"))));
        }
        while (undone[^1].Item1 is not null);

        Assert.Equal(
            [
                (ChangeAction.Label, "Anna lives in Oslo. Ask True"),
                (ChangeAction.Pin, "Anna lives in Oslo. Ask False"),
                (ChangeAction.Edit, "Anna lives in Bergen. Ask False"),
                (ChangeAction.Add, ""),
                (null, ""),
            ],
            undone);
    }

    [Fact]
    public async Task What_was_undone_counts_as_never_known_and_stays_in_the_history()
    {
        var database = await OpenAsync();
        var (facts, journal) = (new FactStore(database, Time), new FactJournal(database, Time));
        var old = await facts.AddAsync(Bergen, Stop);
        Time.Advance(TimeSpan.FromDays(1));
        var edited = await facts.EditAsync(old.Id, new FactEdit { Text = "Anna lives in Oslo." }, Stop);
        Time.Advance(TimeSpan.FromDays(1));

        await journal.UndoAsync(Stop);

        var history = await journal.HistoryAsync(edited.Id, Stop);
        Assert.Equal(["Anna lives in Bergen."], await AnswersAsync(database, Time.GetUtcNow() - TimeSpan.FromHours(1)));
        Assert.Equal(["Anna lives in Bergen.", "Anna lives in Oslo."], history.Versions.Select(version => version.Text));
        Assert.Equal([(ChangeAction.Add, null), (ChangeAction.Edit, (DateTimeOffset?)Time.GetUtcNow())], history.Changes.Select(change => (change.Action, change.UndoneAt)));
    }

    [Fact]
    public async Task Facts_that_were_added_together_are_undone_together()
    {
        var database = await OpenAsync();
        var (facts, journal) = (new FactStore(database, Time), new FactJournal(database, Time));
        var first = await facts.AddAsync([Bergen with { Reference = "a#1" }], ChangeAction.Import, cancellationToken: Stop);
        await facts.AddAsync([Bergen with { Reference = "a#2" }, Bergen with { Reference = "a#3" }], ChangeAction.Import, first, Stop);

        var undone = await journal.UndoAsync(Stop);

        Assert.Equal((ChangeAction.Import, 3), (undone!.Action, undone.Facts.Count));
        Assert.Empty(await facts.ListAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task What_was_imported_can_be_edited_and_that_be_undone()
    {
        var database = await OpenAsync();
        var (facts, journal) = (new FactStore(database, Time), new FactJournal(database, Time));
        var imported = await facts.AddAsync(Bergen with { Reference = "a#1", Origin = FactOrigin.Import }, Stop);
        var edited = await facts.EditAsync(imported.Id, new FactEdit { Text = "Anna lives in Oslo." }, Stop);

        await journal.UndoAsync(Stop);

        Assert.Equal(("a#1", FactOrigin.User), (edited.Reference, edited.Origin));
        Assert.Equal(imported, Assert.Single(await facts.ListAsync(cancellationToken: Stop)));
    }

    [Fact]
    public async Task A_version_that_was_replaced_is_not_changed_again()
    {
        var database = await OpenAsync();
        var (facts, journal) = (new FactStore(database, Time), new FactJournal(database, Time));
        var old = await facts.AddAsync(Bergen, Stop);
        var edited = await facts.EditAsync(old.Id, new FactEdit { Kind = FactKind.Knowledge }, Stop);

        var replaced = await RefusalAsync(() => facts.PinAsync(old.Id, cancellationToken: Stop));
        await journal.UndoAsync(Stop);
        await journal.UndoAsync(Stop);
        var gone = await RefusalAsync(() => facts.LabelAsync(edited.Id, EgressLabel.Ok, Stop));

        Assert.Equal((MemoryError.Invalid, $"The fact '{old.Id}' was replaced by a newer version; change '{edited.Id}' instead."), replaced);
        Assert.Equal((MemoryError.Invalid, $"The fact '{edited.Id}' is not known any more; add it again to change it."), gone);
    }

    [Fact]
    public async Task The_core_is_what_is_pinned_and_the_name_and_language()
    {
        var facts = new FactStore(await OpenAsync(), Time);
        await facts.AddAsync(new NewFact("The user's name is Kim.", FactKind.Profile), Stop);
        await facts.AddAsync(new NewFact("The user is 40 years old.", FactKind.Profile), Stop);
        await facts.AddAsync(new NewFact("The user speaks Danish.", FactKind.Profile), Stop);
        await facts.AddAsync(Bergen with { IsPinned = true }, Stop);
        await facts.AddAsync(Bergen with { IsPinned = true, Valid = new Validity(null, Time.GetUtcNow()) }, Stop);

        var core = await facts.CoreAsync(Stop);

        Assert.Equal(["Anna lives in Bergen.", "The user's name is Kim.", "The user speaks Danish."], core.Select(fact => fact.Text));
    }

    [Fact]
    public async Task A_clock_that_goes_back_hides_nothing()
    {
        var database = await OpenAsync();
        var old = await new FactStore(database, Time).AddAsync(Bergen, Stop);
        var past = new PersonalAi.Tests.Fakes.ManualTime(Time.GetUtcNow() - TimeSpan.FromDays(400));
        var facts = new FactStore(database, past);

        var edited = await facts.EditAsync(old.Id, new FactEdit { Text = "Anna lives in Oslo." }, Stop);

        var found = await new MemorySearch(database, past).SearchAsync(new MemoryQuery("Anna"), null, Stop);
        Assert.Equal([edited.Text], found.Select(hit => hit.Passage.Text));
        Assert.Equal(ChangeAction.Edit, (await new FactJournal(database, past).UndoAsync(Stop))!.Action);
        Assert.Equal([old], await facts.ListAsync(cancellationToken: Stop));
    }

    private async Task<IEnumerable<string>> AnswersAsync(MemoryDatabase database, DateTimeOffset? knownAt) =>
        (await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("Where does Anna live?") { KnownAt = knownAt }, null, Stop)).Select(hit => hit.Passage.Text);
}
