using PersonalAi.Memory.Exchange;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Exchange;

public sealed class OrganiserImportTests : ImportTest
{
    private const string Calendar =
        """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:1
        SUMMARY:Dentist
        LOCATION:Storgata 1\, Oslo
        DTSTART:20260305T090000Z
        DTEND:20260305T093000Z
        END:VEVENT
        BEGIN:VEVENT
        UID:2
        SUMMARY:Choir
        DTSTART;VALUE=DATE:20260105
        DTEND;VALUE=DATE:20260106
        RRULE:FREQ=WEEKLY;BYDAY=MO,-1FR;UNTIL=20260630T000000Z
        END:VEVENT
        BEGIN:VEVENT
        UID:3
        SUMMARY:Party
        STATUS:CANCELLED
        END:VEVENT
        BEGIN:VEVENT
        UID:4
        SUMMARY:Holiday
        DTSTART;VALUE=DATE:20260701
        DTEND;VALUE=DATE:20260715
        END:VEVENT
        BEGIN:VTODO
        UID:5
        SUMMARY:Renew passport
        DUE;VALUE=DATE:20260501
        END:VTODO
        END:VCALENDAR
        """;

    private const string Contacts =
        """
        BEGIN:VCARD
        VERSION:3.0
        FN:Anna Berg
        N:Berg;Anna;;;
        NICKNAME:Annie
        TEL:+47 12 34 56 78
        EMAIL:anna@example.org
        BDAY:1990-03-05
        ORG:Example Ltd;Sales
        NOTE:Likes boats.
        END:VCARD
        BEGIN:VCARD
        VERSION:3.0
        FN:Nobody
        END:VCARD
        """;

    [Fact]
    public async Task A_calendar_becomes_facts_that_are_undone_as_one()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);

        var report = await ImportAsync(database, Write("my.ics", Calendar));

        Assert.Equal((0, 0, 4, 0, 0), Counts(report));
        Assert.Equal(["it was cancelled"], report.Skipped.Select(skipped => skipped.Reason));
        Assert.Equal(
            [
                (FactKind.Event, "The user's calendar has 'Dentist' at Storgata 1, Oslo on 2026-03-05 09:00 to 09:30 (UTC).", "ics:1"),
                (FactKind.Event, "The user's calendar has 'Choir' on 2026-01-05, every week on Monday and the last Friday until 2026-06-30.", "ics:2"),
                (FactKind.Event, "The user's calendar has 'Holiday' from 2026-07-01 to 2026-07-14.", "ics:4"),
                (FactKind.Task, "The user has to do 'Renew passport' by 2026-05-01.", "ics:5"),
            ],
            (await facts.ListAsync(cancellationToken: Stop)).AsEnumerable().Reverse().Select(fact => (fact.Kind, fact.Text, fact.Reference!)));
        var dentist = (await facts.ListAsync(cancellationToken: Stop))[^1];
        Assert.Equal((FactOrigin.Import, EgressLabel.Ask, new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero)), (dentist.Origin, dentist.Egress, dentist.Valid.From));
        Assert.Equal((ChangeAction.Import, 4), (await new FactJournal(database, Time).UndoAsync(Stop)) is { } undone ? (undone.Action, undone.Facts.Count) : default);
        Assert.Empty(await facts.ListAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task Importing_again_changes_nothing_but_what_changed_there()
    {
        var database = await OpenAsync();
        var file = Write("my.ics", Calendar);
        await ImportAsync(database, file);
        var before = await ExportAsync(database);

        var again = await ImportAsync(database, file);
        var same = await ExportAsync(database);
        var moved = await ImportAsync(database, Write("my.ics", Calendar.Replace("T09", "T10", StringComparison.Ordinal)));

        Assert.Equal((0, 0, 0, 0, 4), Counts(again));
        Assert.Equal(before, same);
        Assert.Equal((0, 0, 1, 0, 3), Counts(moved));
        Assert.Equal(["The user's calendar has 'Dentist' at Storgata 1, Oslo on 2026-03-05 10:00 to 10:30 (UTC)."], (await DentistAsync(database)).Select(fact => fact.Text));
    }

    [Fact]
    public async Task What_the_user_changed_is_not_changed_back()
    {
        var database = await OpenAsync();
        var file = Write("my.ics", Calendar);
        await ImportAsync(database, file);
        var facts = new FactStore(database, Time);
        await facts.EditAsync((await DentistAsync(database)).Single().Id, new FactEdit { Text = "The dentist called it off." }, Stop);
        var before = await ExportAsync(database);

        await ImportAsync(database, Write("my.ics", Calendar.Replace("T09", "T10", StringComparison.Ordinal)));

        Assert.Equal(before, await ExportAsync(database));
    }

    [Fact]
    public async Task Contacts_become_facts_that_are_found_by_any_name()
    {
        var database = await OpenAsync();

        var report = await ImportAsync(database, Write("people.vcf", Contacts));

        Assert.Equal(
            [
                "Anna Berg's phone number is +47 12 34 56 78.", "Anna Berg's e-mail address is anna@example.org.", "Anna Berg's birthday is 5 March 1990.",
                "Anna Berg belongs to Example Ltd, Sales.", "The user noted about Anna Berg: Likes boats.",
            ],
            (await new FactStore(database, Time).ListAsync(cancellationToken: Stop)).AsEnumerable().Reverse().Select(fact => fact.Text));
        Assert.Equal([new SkippedItem($"{Path.Combine(Folder, "people.vcf")}, Nobody", "nothing but the name is known")], report.Skipped);
        var found = await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("What is the phone number of Annie?") { Limit = 1 }, null, Stop);
        Assert.Equal("Anna Berg's phone number is +47 12 34 56 78.", Assert.Single(found).Passage.Text);
        Assert.Equal((0, 0, 0, 0, 5), Counts(await ImportAsync(database, Path.Combine(Folder, "people.vcf"))));
    }

    [Theory]
    [InlineData("FREQ=DAILY", "every day")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=10", "every 2 weeks, 10 times")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on day 1 and 15")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20", "by the rule 'FREQ=YEARLY;BYWEEKNO=20'")]
    [InlineData("nonsense", "by the rule 'nonsense'")]
    public void Rules_are_said_in_words(string rule, string words)
    {
        Assert.Equal(words, PersonalAi.Memory.Exchange.Organiser.RecurrenceText.Of(rule));
    }

    [Theory]
    [InlineData("corpora/ics", ImportFormat.Ics)]
    [InlineData("corpora/vcf", ImportFormat.Vcard)]
    public async Task Awkward_real_files_are_imported_once_or_named(string folder, ImportFormat format)
    {
        var database = await OpenAsync();
        var path = Path.GetDirectoryName(TestData.Files(folder)[0])!;

        var report = await ImportAsync(database, path, format);
        var before = await ExportAsync(database);
        var again = await ImportAsync(database, path, format);

        TestContext.Current.TestOutputHelper!.WriteLine($"{Counts(report)}, {report.Skipped.Length} skipped: {string.Join("\n", report.Skipped)}");
        Assert.InRange(report.Facts + report.SkippedCount, 2, int.MaxValue);
        Assert.Equal(0, again.Facts);
        Assert.Equal(before, await ExportAsync(database));
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    private async Task<IEnumerable<Fact>> DentistAsync(PersonalAi.Memory.MemoryDatabase database) =>
        (await new FactStore(database, Time).ListAsync(cancellationToken: Stop)).Where(fact => fact.Reference == "ics:1");
}
