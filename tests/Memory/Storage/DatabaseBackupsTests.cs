using PersonalAi.Memory;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory.Storage;

public sealed class DatabaseBackupsTests : MemoryTest
{
    private DatabaseBackups Backups => new(File, Time);

    [Fact]
    public async Task A_backup_is_a_database_of_its_own_with_every_row()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, "Kept", cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, "How long do I boil an egg?", "Nine minutes.");

        var backup = await Backups.MakeAsync(key: null, cancellationToken: Stop);

        Assert.Equal(
            new StoredBackup(Path.Combine(Folder, "backups", $"pai-20260102T030406.000Z-v{Newest}.db"), Time.GetUtcNow(), Newest, new FileInfo(backup.Path).Length, IsEncrypted: false),
            backup);
        Assert.Equal("Nine minutes.", Text(backup.Path, "select answer from turns"));
        Assert.Equal(1, Number(backup.Path, "select count(*) from turn_search where turn_search match 'minute'"));
        Assert.Equal("delete", Text(backup.Path, "pragma journal_mode"));
        Assert.Equal([backup.Path], Directory.GetFiles(Backups.Folder));
    }

    [Fact]
    public async Task Others_write_on_while_a_backup_is_made()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, "Long", new string('x', 20_000_000));
        using var done = new CancellationTokenSource();
        var writing = WriteUntilAsync(database, session.Id, done.Token);

        var backups = new List<StoredBackup>();
        for (var number = 0; number < 3; number++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            backups.Add(await Backups.MakeAsync(key: null, cancellationToken: Stop));
        }

        await done.CancelAsync();
        var written = await writing;

        Assert.True(written > 0);
        Assert.All(backups, backup => Assert.Equal("ok", Text(backup.Path, "pragma integrity_check")));
        Assert.Equal(written + 1, Number(File, "select count(*) from turns"));
    }

    [Fact]
    public async Task A_backup_goes_where_it_is_told_to()
    {
        await (await OpenAsync()).DisposeAsync();
        var to = Path.Combine(Folder, "elsewhere.db");

        var backup = await Backups.MakeAsync(key: null, to, Stop);

        Assert.Equal((to, false), (backup.Path, Directory.Exists(Backups.Folder)));
        Assert.Equal(Newest, Number(to, "pragma user_version"));
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_left_of_it()
    {
        var database = await OpenAsync();
        await Sessions(database).CreateAsync(Settings, "Kept", cancellationToken: Stop);

        var refusal = await RefusalAsync(() => Backups.MakeAsync(new DatabaseOptions { MaxPages = 5 }, cancellationToken: Stop));

        var path = Path.Combine(Folder, "backups", $"pai-20260102T030405.000Z-v{Newest}.db");
        Assert.Equal((MemoryError.DiskFull, $"No room is left for the database '{path}'; free some on its disk and try again."), refusal);
        Assert.Empty(Directory.GetFiles(Backups.Folder));
        Assert.Equal("Kept", (await Sessions(database).LatestAsync(Stop))!.Title);
    }

    [Fact]
    public async Task Of_a_damaged_database_no_backup_is_made()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, "A question", "An answer");
        await database.DisposeAsync();
        using (var connection = Connect(File))
        {
            connection.Execute("pragma writable_schema = on; update sqlite_master set rootpage = 3 where name = 'summaries'");
        }

        var (error, _) = await RefusalAsync(() => Backups.MakeAsync(key: null, cancellationToken: Stop));

        Assert.Equal(MemoryError.Corrupt, error);
        Assert.Empty(Directory.GetFiles(Backups.Folder));
    }

    [Fact]
    public async Task A_cancelled_backup_leaves_nothing()
    {
        await (await OpenAsync()).DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backups.MakeAsync(key: null, cancellationToken: new CancellationToken(canceled: true)));

        Assert.False(Directory.Exists(Backups.Folder));
    }

    [Fact]
    public async Task The_newest_are_kept_and_the_others_deleted()
    {
        await (await OpenAsync()).DisposeAsync();
        var made = new List<StoredBackup>();
        for (var day = 0; day < 4; day++)
        {
            made.Insert(0, await Backups.MakeAsync(key: null, cancellationToken: Stop));
            Time.Advance(TimeSpan.FromDays(1));
        }

        await System.IO.File.WriteAllTextAsync(Path.Combine(Backups.Folder, "pai-mine.db"), "not one of ours", Stop);

        var deleted = Backups.Rotate(keep: 2);

        Assert.Equal(made.Skip(2), deleted);
        Assert.Equal(made.Take(2), Backups.List());
        Assert.True(System.IO.File.Exists(Path.Combine(Backups.Folder, "pai-mine.db")));
    }

    [Fact]
    public async Task A_copy_that_lacks_a_row_does_not_pass()
    {
        await (await OpenAsync()).DisposeAsync();
        var copy = Path.Combine(Folder, "copy.db");
        using (var source = Connect(File))
        {
            source.Execute("insert into sessions (id, persona, model, created_at, updated_at) values ('a', 'default', 'llama', 1, 1)");
            var rows = DatabaseCopy.Make(source, copy, key: null, new DatabaseOptions(), Stop);
            using var other = Connect(copy);
            other.Execute("delete from sessions");

            Assert.Equal("the table 'sessions' has 0 rows in place of 1", DatabaseCopy.ProblemOf(copy, key: null, rows));
        }
    }

    internal static int Newest => Migration.All[^1].Number;

    private async Task<int> WriteUntilAsync(MemoryDatabase database, PersonalAi.Memory.Conversations.SessionId session, CancellationToken done)
    {
        var written = 0;
        while (!done.IsCancellationRequested)
        {
            await ExchangeAsync(database, session, "Question", "Answer");
            written++;
        }

        return written;
    }
}
