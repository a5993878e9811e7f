using PersonalAi.Memory.Exchange;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Exchange;

public sealed class DocumentImportTests : ImportTest
{
    private const string Mails =
        "From anna@example.org Mon Jan  5 10:00:00 2026\nFrom: Anna <anna@example.org>\nTo: me@example.org\nSubject: Ferry\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n\nThe ferry leaves at noon.\n\n"
        + "From ole@example.org Mon Jan  5 11:00:00 2026\nFrom: Ole <ole@example.org>\nSubject: Re: Ferry\nDate: Mon, 5 Jan 2026 11:00:00 +0000\nMessage-ID: <2@example.org>\nIn-Reply-To: <1@example.org>\n\n>From the pier?\n";

    [Fact]
    public async Task A_mailbox_becomes_one_document_for_each_mail()
    {
        var database = await OpenAsync();

        var report = await ImportAsync(database, Write("inbox.mbox", Mails));
        var again = await ImportAsync(database, Write("copy.mbox", Mails));

        var found = await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("When does the ferry leave?") { Limit = 1 }, null, Stop);
        var passage = Assert.Single(found).Passage;
        Assert.Equal((0, 0, 0, 2, 0), Counts(report));
        Assert.Equal((0, 0, 0, 0, 2), Counts(again));
        Assert.Equal(("The ferry leaves at noon.", new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero)), (passage.Text, passage.SaidAt));
        Assert.StartsWith("Ferry, from Anna", passage.Heading, StringComparison.Ordinal);
        Assert.Equal("mail:1@example.org", Text(File, "select location from documents order by number"));
    }

    [Fact]
    public async Task A_folder_of_notes_becomes_documents_and_what_programs_hide_is_left_out()
    {
        var database = await OpenAsync();
        Write("notes/.obsidian/plugin.md", "hidden");
        Write("notes/empty.md", "");
        Write("notes/photo.jpg", "x");
        Write("notes/trips/bodo.md", "---\ntitle: Bodø\ndate: 2025-05-01\n---\n\n# Plan\n\nTake the night train.\n");

        var report = await ImportAsync(database, Path.Combine(Folder, "notes"));
        var again = await ImportAsync(database, Path.Combine(Folder, "notes"));
        Write("notes/trips/bodo.md", "# Plan\n\nTake the ship.\n");
        var changed = await ImportAsync(database, Path.Combine(Folder, "notes"), ImportFormat.Markdown);

        Assert.Equal((0, 0, 0, 1, 0), Counts(report));
        Assert.Equal([("empty.md", "it has no words"), ("photo.jpg", "Could not read 'photo.jpg': its name does not say what it is; give --as.")], report.Skipped.Select(skipped => (skipped.Name, skipped.Reason)));
        Assert.Equal((0, 0, 0, 0, 1), Counts(again));
        Assert.Equal((0, 0, 0, 1, 0), Counts(changed));
        var found = await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("train or ship?") { Limit = 5 }, null, Stop);
        Assert.Contains("Take the ship.", Assert.Single(found).Passage.Text, StringComparison.Ordinal);
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    [Theory]
    [InlineData("corpora/mail")]
    [InlineData("corpora/pymail")]
    public async Task Awkward_real_mails_are_imported_once_or_named(string folder)
    {
        var database = await OpenAsync();
        var mails = TestData.Files(folder).Where(file => folder.EndsWith("pymail", StringComparison.Ordinal) || file.Contains("cur", StringComparison.Ordinal) || file.Contains("new", StringComparison.Ordinal)).ToList();
        foreach (var (number, file) in mails.Index())
        {
            Write($"mails/{number:000}.eml", "");
            System.IO.File.Copy(file, Path.Combine(Folder, $"mails/{number:000}.eml"), overwrite: true);
        }

        var report = await ImportAsync(database, Path.Combine(Folder, "mails"));
        var before = await ExportAsync(database);
        var again = await ImportAsync(database, Path.Combine(Folder, "mails"));

        TestContext.Current.TestOutputHelper!.WriteLine($"{mails.Count} files: {Counts(report)}, {report.Skipped.Length} skipped: {string.Join("\n", report.Skipped)}");
        Assert.InRange(report.Documents, mails.Count / 2, mails.Count);
        Assert.Equal((0, 0, 0, 0), (again.Sessions, again.Turns, again.Facts, again.Documents));
        Assert.Equal(before, await ExportAsync(database));
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }
}
