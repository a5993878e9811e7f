using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Exchange;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Exchange;

public sealed class MemoryExportTests : MemoryTest
{
    [Fact]
    public async Task Every_table_is_exported_or_made_again_from_what_is()
    {
        var database = await OpenAsync();

        var tables = await database.ReadAsync(
            connection => connection.Query(
                "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%' and name not like 'vectors\\__%' escape '\\'", row => row.GetString(0)),
            Stop);

        Assert.Empty(tables.Except(ExportedTable.All.Select(table => table.Name)).Except(ExportedTable.Derived));
    }

    [Fact]
    public async Task An_export_is_imported_into_an_identical_store()
    {
        var database = await OpenAsync();
        await FillAsync(database);
        var export = await ExportAsync(database);
        var copy = await OpenAnotherAsync("copy.db");

        var report = await ImportAsync(copy, export);

        Assert.Equal(new ImportReport { Sessions = 1, Turns = 3, Facts = 4, Documents = 1 } with { Skipped = report.Skipped, SkippedCount = report.SkippedCount }, report);
        Assert.Equal(export, await ExportAsync(copy));
        Assert.Empty(await new MemoryVerification(copy).VerifyAsync(Stop));
        Assert.Equal(await FoundAsync(database), await FoundAsync(copy));
        Assert.Equal(ChangeAction.Add, (await new FactJournal(copy, Time).UndoAsync(Stop))!.Action);
    }

    [Fact]
    public async Task Importing_an_export_again_changes_nothing()
    {
        var database = await OpenAsync();
        await FillAsync(database);
        var export = await ExportAsync(database);

        var report = await ImportAsync(database, export);

        Assert.Equal((0, 0, 0, 0, 6), (report.Sessions, report.Turns, report.Facts, report.Documents, report.Known));
        Assert.Equal(export, await ExportAsync(database));
    }

    [Fact]
    public async Task An_export_is_merged_with_what_is_known()
    {
        var database = await OpenAsync();
        await FillAsync(database);
        var export = await ExportAsync(database);
        var other = await OpenAnotherAsync("other.db");
        await new FactStore(other, Time).AddAsync(new NewFact("Ole lives in Bodø.", FactKind.Relation), Stop);

        var report = await ImportAsync(other, export);
        await new MemoryIndexer(other, Time).IndexTurnsAsync(Stop);
        var again = await ImportAsync(other, export);

        Assert.Equal((1, 3, 4, 1, 0), (report.Sessions, report.Turns, report.Facts, report.Documents, report.Known));
        Assert.Equal((0, 0, 0, 0, 6), (again.Sessions, again.Turns, again.Facts, again.Documents, again.Known));
        Assert.Empty(await new MemoryVerification(other).VerifyAsync(Stop));
        Assert.Contains("Anna lives in Oslo.", await FoundAsync(other));
        Assert.Equal(4, (await new FactJournal(other, Time).UndoAsync(Stop))!.Facts.Count);
        Assert.Equal(["Ole lives in Bodø."], (await new FactStore(other, Time).ListAsync(cancellationToken: Stop)).Select(fact => fact.Text));
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        var database = await OpenAsync();
        await FillAsync(database);
        var export = await ExportAsync(database);
        var copy = await OpenAnotherAsync("copy.db");
        var before = await ExportAsync(copy);

        var report = await ImportAsync(copy, export, isDryRun: true);

        Assert.Equal((1, 3, 4, 1), (report.Sessions, report.Turns, report.Facts, report.Documents));
        Assert.Equal(before, await ExportAsync(copy));
    }

    [Theory]
    [InlineData("", "it is not an export of this program; 'pai memory export' makes one.")]
    [InlineData("{\"type\":\"fact\"}\n", "it is not an export of this program; 'pai memory export' makes one.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n", "it ends after line 1 in its middle; export it again.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n{\"type\":", "line 2 is not valid JSON at byte 9; nothing of it is imported.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n[]\n", "line 2 is no row; nothing of it is imported.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n{\"type\":\"end\",\"rows\":7}\n", "line 2 says that 7 rows come before it, and there are 0; nothing of it is imported.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n{\"type\":\"fact\",\"id\":\"x\",\"x; drop table facts\":1}\n", "line 2 does not fit to the lines before it; nothing of it is imported.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n{\"type\":\"writers\",\"id\":\"x\"}\n", "line 2 does not fit to the lines before it; nothing of it is imported.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n{\"type\":\"fact\",\"id\":\"x\",\"text\":\"y\",\"kind\":\"z\",\"recorded_at\":1,\"confidence\":1,\"origin\":\"user\"}\n", "line 2 does not fit to the lines before it; nothing of it is imported.")]
    [InlineData("{\"type\":\"pai\",\"version\":1,\"schema\":1}\n{\"type\":\"import\",\"source\":\"x\",\"external_id\":\"y\",\"session\":\"z\"}\n{\"type\":\"end\",\"rows\":1}\n", "line 3 is the end, and rows of 'imports' speak of others that are missing; nothing of it is imported.")]
    public async Task A_damaged_export_is_refused_and_nothing_of_it_stored(string export, string reason)
    {
        var database = await OpenAsync();
        var before = await ExportAsync(database);

        var refusal = await RefusalAsync(() => ImportAsync(database, export));

        Assert.Equal((MemoryError.Invalid, $"Could not read '{Path.Combine(Folder, "export.jsonl")}': {reason}"), refusal);
        Assert.Equal(before, await ExportAsync(database));
    }

    [Fact]
    public async Task An_export_of_a_newer_program_is_refused()
    {
        var database = await OpenAsync();

        var refusal = await RefusalAsync(() => ImportAsync(database, "{\"type\":\"pai\",\"version\":1,\"schema\":999}\n"));

        Assert.Equal((MemoryError.NewerSchema, $"The export '{Path.Combine(Folder, "export.jsonl")}' was written by a newer program; import it with that one."), refusal);
    }

    [Fact]
    public async Task Markdown_is_readable()
    {
        var database = await OpenAsync();
        await FillAsync(database);
        using var output = new StringWriter();

        await new MarkdownExport(database, TimeZoneInfo.Utc).WriteAsync(output, Stop);

        Assert.Contains("## Relation\n\n- ~~Anna lives in Bergen.~~ (known since 2026-01-02; until 2026-01-03; pinned; may leave the machine: ask)\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("**You** (2026-01-03 03:04):\n\nWhere is Anna?\n\n**Assistant** (llama/starter):\n\n```\nIn Oslo.\n```\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("# Documents\n\n- Trip (/notes/trip.md; added 2026-01-03)\n", output.ToString(), StringComparison.Ordinal);
    }

    // Versions, an undone change, a branch, a summary, a document, an alias, a recall, NUL and what is no text.
    private async Task FillAsync(MemoryDatabase database)
    {
        var facts = new FactStore(database, Time);
        var bergen = await facts.AddAsync(new NewFact("Anna lives in Bergen.", FactKind.Relation) { IsPinned = true }, Stop);
        Time.Advance(TimeSpan.FromDays(1));
        await facts.EditAsync(bergen.Id, new FactEdit { Text = "Anna lives in Oslo.", Valid = new Validity(Time.GetUtcNow(), null) }, Stop);
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var first = await ExchangeAsync(database, session.Id, "Where is Anna?", "```\nIn Oslo.");
        await ExchangeAsync(database, session.Id, "NUL \0 and \ud83d", "Ünïcödé 🎉 \u2028");
        var branch = await Log(database).BeginTurnAsync(new NewTurn(session.Id, "Half", "llama/starter") { InsteadOf = first.Id }, Stop);
        await Log(database).FinishTurnAsync(branch.Id, "", new TurnOutcome(TurnStatus.Failed) { Error = "no", Timings = new TurnTimings(TimeSpan.FromMilliseconds(1.25), default, default, default) }, Stop);
        await Log(database).AddSummaryAsync(session.Id, new Summary(first.Id, "Anna.", 3), Stop);
        await facts.AddAsync(new NewFact("The user has to call Anna.", FactKind.Task) { Source = new FactSource(first.Id, 0, 5), Confidence = 0.75, Egress = EgressLabel.Never }, Stop);
        await facts.AddAsync(new NewFact("Wrong.", FactKind.Knowledge), Stop);
        await new FactJournal(database, Time).UndoAsync(Stop);
        await new DocumentStore(database, Time).PutAsync(
            new NewDocument("/notes/trip.md", "Trip", "text/markdown", "00", 5), [new DocumentChunk("The ferry to Svolvær.") { Heading = "Trip", FirstLine = 1, LastLine = 2 }], Stop);
        var indexer = new MemoryIndexer(database, Time);
        await indexer.IndexTurnsAsync(Stop);
        await indexer.EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
        await database.WriteAsync(
            connection =>
            {
                connection.Execute("insert into entity_aliases (alias, entity) select 'Annie', entity from entity_aliases where alias = 'Anna'");
                return connection.Execute("insert into recalls (turn, rank, passage, score, tokens, given) select $turn, 1, min(number), 0.5, 7, 1 from passages", ("$turn", first.Id.ToString()));
            },
            Stop);
    }

    private async Task<MemoryDatabase> OpenAnotherAsync(string name) =>
        await MemoryDatabase.OpenAsync(Path.Combine(Folder, name), Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Stop);

    private static async Task<string> ExportAsync(MemoryDatabase database)
    {
        using var output = new StringWriter();
        await new MemoryExport(database).WriteAsync(output, Stop);
        return output.ToString();
    }

    private async Task<ImportReport> ImportAsync(MemoryDatabase database, string export, bool isDryRun = false)
    {
        var file = Path.Combine(Folder, "export.jsonl");
        await System.IO.File.WriteAllTextAsync(file, export, Stop);
        return await new MemoryImport(database, Time).RunAsync(file, new ImportOptions(Settings) { IsDryRun = isDryRun }, cancellationToken: Stop);
    }

    private async Task<IEnumerable<string>> FoundAsync(MemoryDatabase database) =>
        (await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("Where does Annie live, and the ferry?") { Limit = 3 }, null, Stop)).Select(hit => hit.Passage.Text);
}
