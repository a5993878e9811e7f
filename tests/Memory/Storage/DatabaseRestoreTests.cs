using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory.Storage;

public sealed class DatabaseRestoreTests : MemoryTest
{
    private DatabaseBackups Backups => new(File, Time);

    private static int Newest => Migration.All[^1].Number;

    [Fact]
    public async Task What_was_backed_up_comes_back_and_what_was_there_is_kept()
    {
        await WriteAsync("Monday");
        var backup = await Backups.MakeAsync(key: null, cancellationToken: Stop);
        Time.Advance(TimeSpan.FromDays(1));
        await WriteAsync("Tuesday");

        var restored = await RestoreAsync(backup.Path);

        Assert.Equal((backup.Path, backup.MadeAt, Newest, Newest), (restored.File, restored.MadeAt, restored.Schema, restored.NewSchema));
        Assert.Equal((1, 1, 0), (restored.Rows["sessions"], restored.Rows["turns"], restored.Rows["writers"]));
        Assert.Equal(["Monday"], await TitlesAsync());
        Assert.Equal("Monday,Tuesday", Text(restored.Kept!, "select group_concat(title) from (select title from sessions order by created_at)"));
        Assert.Equal([restored.Kept, backup.Path], Backups.List().Select(kept => kept.Path));
        Assert.Empty(Directory.GetFiles(Folder, "*.new*"));
    }

    [Fact]
    public async Task Where_nothing_is_yet_a_backup_is_put()
    {
        await WriteAsync("Monday");
        var backup = await Backups.MakeAsync(key: null, Path.Combine(Folder, "stick.db"), Stop);
        System.IO.File.Delete(File);

        var restored = await RestoreAsync(backup.Path);

        Assert.Null(restored.Kept);
        Assert.Equal(["Monday"], await TitlesAsync());
    }

    [Fact]
    public async Task A_backup_taken_while_an_answer_came_has_it_as_interrupted()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var turn = await Log(database).BeginTurnAsync(new(session.Id, "Question", "llama/starter"), Stop);
        await Log(database).SaveAnswerAsync(turn.Id, "Half of", Stop);
        var backup = await Backups.MakeAsync(key: null, cancellationToken: Stop);
        await database.DisposeAsync();

        await RestoreAsync(backup.Path);

        Assert.Equal("interrupted Half of", Text(File, "select status || ' ' || answer from turns"));
        Assert.Equal(1, Number(File, "select count(*) from turn_search where turn_search match 'half'"));
    }

    [Theory]
    [InlineData(1)]
    public async Task A_backup_of_every_released_schema_is_brought_up_to_date(int schema)
    {
        var old = Path.Combine(Folder, "old.db");
        using (var connection = Connect(old))
        {
            connection.Execute(await System.IO.File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "Memory", "Schemas", $"{schema:0000}.sql"), Stop));
        }

        await WriteAsync("Present");

        var restored = await RestoreAsync(old);

        Assert.Equal((schema, Newest), (restored.Schema, restored.NewSchema));
        Assert.Equal(Newest, Number(File, "pragma user_version"));
        Assert.Equal(schema, Number(old, "pragma user_version"));
        Assert.Equal(["Boiling eggs"], await TitlesAsync());
    }

    [Fact]
    public async Task While_another_pai_has_the_database_open_nothing_is_restored()
    {
        await WriteAsync("Monday");
        var backup = await Backups.MakeAsync(key: null, cancellationToken: Stop);
        using var child = MemoryChild.Start("answer-and-wait", Folder);
        await child.NextLineAsync(Stop);

        var refusal = await RefusalAsync(() => RestoreAsync(backup.Path));

        Assert.Equal((MemoryError.Locked, $"The database '{File}' is in use by another pai; close it and try again."), refusal);
        await child.KillAsync(Stop);
        Assert.Equal(["Monday", "Question"], (await TitlesAsync()).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(Folder, "*.new*"));
    }

    [Theory]
    [InlineData("newer")]
    [InlineData("foreign")]
    [InlineData("truncated")]
    [InlineData("damaged")]
    [InlineData("text")]
    [InlineData("empty")]
    [InlineData("absent")]
    [InlineData("itself")]
    public async Task What_cannot_be_restored_changes_nothing(string what)
    {
        await WriteAsync("Monday");
        var present = await System.IO.File.ReadAllBytesAsync(File, Stop);
        var backup = what == "itself" ? File : (await Backups.MakeAsync(key: null, Path.Combine(Folder, "bad.db"), Stop)).Path;
        var expected = await SpoilAsync(backup, what);

        var refusal = await RefusalAsync(() => RestoreAsync(backup));

        Assert.Equal(expected, refusal);
        Assert.Equal(present, await System.IO.File.ReadAllBytesAsync(File, Stop));
        Assert.Equal([], Directory.GetFiles(Folder).Select(Path.GetFileName).Except(["pai.db", "bad.db"]));
        Assert.False(Directory.Exists(Backups.Folder));
    }

    [Theory]
    [InlineData("not a database")]
    [InlineData("a damaged page")]
    public async Task A_damaged_database_is_replaced_and_its_bytes_are_kept(string how)
    {
        await WriteAsync("Monday");
        var backup = await Backups.MakeAsync(key: null, Path.Combine(Folder, "good.db"), Stop);
        await DamageAsync(File, how);
        var damaged = await System.IO.File.ReadAllBytesAsync(File, Stop);

        var restored = await RestoreAsync(backup.Path);

        Assert.Equal(Path.Combine(Folder, "backups", "damaged-20260102T030406.000Z.db"), restored.Kept);
        Assert.Equal(["Monday"], await TitlesAsync());
        Assert.Equal(damaged[^4096..], (await System.IO.File.ReadAllBytesAsync(restored.Kept!, Stop))[^4096..]);
    }

    private static async Task<(MemoryError Error, string Message)> SpoilAsync(string backup, string what)
    {
        string Damaged(string problem) => $"The backup '{backup}' is damaged or not a database ({problem}); nothing was changed, and 'pai backup --list' shows the others.";
        switch (what)
        {
            case "newer":
                Text(backup, $"pragma user_version = {Newest + 1}");
                return (MemoryError.NewerSchema,
                    $"The database '{backup}' has schema {Newest + 1}, but this program knows schemas up to {Newest}; use the newer program that wrote it, or restore a backup made before.");
            case "foreign":
                Text(backup, "pragma application_id = 7");
                return (MemoryError.Corrupt, $"The file '{backup}' is a database of another program; choose another data folder, or move the file away.");
            case "truncated":
                await System.IO.File.WriteAllBytesAsync(backup, (await System.IO.File.ReadAllBytesAsync(backup, Stop))[..(4096 * 3)], Stop);
                return (MemoryError.Corrupt, Damaged("SQLite Error 11: 'database disk image is malformed'"));
            case "damaged":
                await DamageAsync(backup, "a damaged page");
                return (MemoryError.Corrupt, Damaged(Text(backup, "pragma integrity_check(1)")!.ReplaceLineEndings(" ")));
            case "text":
                await System.IO.File.WriteAllTextAsync(backup, "Dear diary, today I kept something else under this name.", Stop);
                return (MemoryError.Corrupt, Damaged("SQLite Error 26: 'file is not a database'"));
            case "empty":
                await System.IO.File.WriteAllBytesAsync(backup, [], Stop);
                return (MemoryError.Corrupt, Damaged("the file is empty"));
            case "absent":
                System.IO.File.Delete(backup);
                return (MemoryError.Invalid, $"There is no file '{backup}' to restore; 'pai backup --list' shows the backups.");
            default:
                return (MemoryError.Invalid, $"'{backup}' is the database itself; name a backup of it.");
        }
    }

    private static async Task DamageAsync(string path, string how)
    {
        var page = how == "a damaged page" ? Number(path, "select rootpage from sqlite_master where name = 'turns'") : 1;
        await using var file = System.IO.File.OpenWrite(path);
        file.Position = (page - 1) * 4096;
        file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
    }

    private Task<RestoredDatabase> RestoreAsync(string file) => new DatabaseRestore(File, Time, NullLogger.Instance).RunAsync(file, key: null, present: null, Stop);

    private async Task WriteAsync(string title)
    {
        await using var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, title, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, $"What is on {title}?", "Nothing.");
    }

    private async Task<ImmutableArray<string?>> TitlesAsync()
    {
        await using var database = await OpenAsync();
        await database.CheckAsync(Stop);
        return [.. (await Sessions(database).ListAsync(cancellationToken: Stop)).Select(session => session.Title)];
    }
}
