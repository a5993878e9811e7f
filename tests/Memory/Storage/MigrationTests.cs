using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory.Storage;

public sealed class MigrationTests : MemoryTest
{
    private static readonly Migration Next = new(Migration.All[^1].Number + 1, "colours", "alter table sessions add column colour text not null default 'grey'");

    private static DatabaseOptions Later { get; } = new() { Migrations = [.. Migration.All, Next] };

    [Fact]
    public void Migrations_are_numbered_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Length), Migration.All.Select(migration => migration.Number));

    [Theory]
    [InlineData(1)]
    public async Task Every_schema_that_was_ever_released_is_brought_up_to_date(int schema)
    {
        using (var connection = Connect(File))
        {
            connection.Execute(await System.IO.File.ReadAllTextAsync(KeptScript(schema), Stop));
        }

        var database = await OpenAsync();

        await database.CheckAsync(Stop);
        Assert.Equal(Migration.All[^1].Number, await database.SchemaVersionAsync(Stop));
        var session = (await Sessions(database).LatestAsync(Stop))!;
        Assert.Equal(("Boiling eggs", 3), (session.Title, session.TurnCount));
        Assert.Equal(["How long do I boil an egg?", "And a soft one?"], (await Log(database).PathAsync(session.Id, Stop)).Select(turn => turn.Prompt));
        Assert.Equal(2, (await new ConversationSearch(database).SearchAsync("minutes", cancellationToken: Stop)).Count);
    }

    [Fact]
    public async Task Before_a_migration_a_copy_is_made_that_opens_with_the_old_schema()
    {
        var old = await OpenAsync();
        var session = await Sessions(old).CreateAsync(Settings, "Kept", cancellationToken: Stop);
        await old.DisposeAsync();

        var database = await OpenAsync(Later);

        var backup = Path.Combine(Folder, "backups", $"pai-20260102T030405.000Z-v{Migration.All[^1].Number}.db");
        Assert.Equal([backup], Directory.GetFiles(Path.Combine(Folder, "backups")));
        Assert.Equal("Kept", Text(backup, $"select title from sessions where id = '{session.Id}'"));
        Assert.Equal(0, Number(backup, "select count(*) from pragma_table_info('sessions') where name = 'colour'"));
        Assert.Equal("grey", Text(File, "select colour from sessions"));
        Assert.Equal(Next.Number, await database.SchemaVersionAsync(Stop));
    }

    [Fact]
    public async Task A_migration_that_fails_changes_nothing_and_names_the_copy()
    {
        await (await OpenAsync()).DisposeAsync();
        var broken = Next with { Sql = "create table first (x); insert into nowhere values (1)" };

        var refusal = await RefusalAsync(() => OpenAsync(new DatabaseOptions { Migrations = [.. Migration.All, broken] }));

        var backup = Assert.Single(Directory.GetFiles(Path.Combine(Folder, "backups")));
        Assert.Equal(
            (MemoryError.Failed,
                $"The database '{File}' could not be changed to schema {broken.Number} (SQLite Error 1: 'no such table: nowhere'); it is as it was, and a copy is at '{backup}'."),
            refusal);
        Assert.Equal(0, Number(File, "select count(*) from sqlite_master where name = 'first'"));
        Assert.Equal(Migration.All[^1].Number, Number(File, "pragma user_version"));
    }

    [Fact]
    public async Task Two_programs_that_migrate_at_once_do_it_once()
    {
        await (await OpenAsync()).DisposeAsync();

        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(Later)));

        Assert.Equal(Enumerable.Repeat(Next.Number, 4), await Task.WhenAll(databases.Select(database => database.SchemaVersionAsync(Stop))));
        Assert.Single(Directory.GetFiles(Path.Combine(Folder, "backups")));
    }

    [Fact]
    public async Task A_newer_database_is_refused_and_left_as_it_is()
    {
        await (await OpenAsync(Later)).DisposeAsync();

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal(
            (MemoryError.NewerSchema,
                $"The database '{File}' has schema {Next.Number}, but this program knows schemas up to {Next.Number - 1}; use the newer program that wrote it, or restore a backup made before."),
            refusal);
        Assert.Equal(Next.Number, Number(File, "pragma user_version"));
    }

    // A damaged database must not get a copy that looks like a good one.
    [Fact]
    public async Task A_damaged_database_is_not_migrated()
    {
        var old = await OpenAsync();
        var session = await Sessions(old).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(old, session.Id, "A question", "An answer");
        await old.DisposeAsync();
        using (var connection = Connect(File))
        {
            connection.Execute("pragma writable_schema = on; update sqlite_master set rootpage = 3 where name = 'summaries'");
        }

        var (error, _) = await RefusalAsync(() => OpenAsync(Later));

        Assert.Equal(MemoryError.Corrupt, error);
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder, "backups")));
        Assert.Equal(Migration.All[^1].Number, Number(File, "pragma user_version"));
    }

    // Each is a dump of a database that the program with this schema wrote; they are never changed.
    private static string KeptScript(int schema) =>
        Path.Combine(Repository.Root, "tests", "Memory", "Schemas", $"{schema:0000}.sql");
}
