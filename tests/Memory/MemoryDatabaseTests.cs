using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory;

public sealed class MemoryDatabaseTests : MemoryTest
{
    [Fact]
    public async Task A_new_database_is_whole_and_has_the_newest_schema()
    {
        var database = await OpenAsync();

        await database.CheckAsync(Stop);
        Assert.Equal(Migration.All[^1].Number, await database.SchemaVersionAsync(Stop));
        Assert.Equal("PAI!", ApplicationId());
        Assert.Equal("wal", Text(File, "pragma journal_mode"));
    }

    [Fact]
    public async Task Every_connection_is_set_to_keep_its_promises()
    {
        var database = await OpenAsync();

        var settings = await database.ReadAsync(
            connection => (string[])[.. ((string[])["foreign_keys", "secure_delete", "synchronous", "busy_timeout", "temp_store"])
                .Select(name => $"{name} {connection.Number($"pragma {name}")}")],
            Stop);

        Assert.Equal(["foreign_keys 1", "secure_delete 1", "synchronous 1", "busy_timeout 5000", "temp_store 2"], settings);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_the_file_its_log_and_a_folder_made_for_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no permission bits.");
        var path = Path.Combine(Folder, "made", "pai.db");
        await using var database = await MemoryDatabase.OpenAsync(path, Time, NullLogger.Instance, Stop);
        await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);

        UnixFileMode[] modes =
            [System.IO.File.GetUnixFileMode(Path.GetDirectoryName(path)!), System.IO.File.GetUnixFileMode(path), System.IO.File.GetUnixFileMode(path + "-wal")];

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal([OwnerOnly | UnixFileMode.UserExecute, OwnerOnly, OwnerOnly], modes);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_others_may_read_is_taken_from_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no permission bits.");
        await (await OpenAsync()).DisposeAsync();
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await OpenAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task Closing_merges_the_log_and_leaves_the_file_alone()
    {
        var database = await OpenAsync();
        await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);

        await database.DisposeAsync();

        Assert.Equal(["pai.db"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName));
        Assert.Equal(0, Number(File, "select count(*) from writers"));
    }

    [Fact]
    public async Task A_folder_in_the_files_place_is_refused()
    {
        Directory.CreateDirectory(File);

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal((MemoryError.Invalid, $"The database '{File}' is a folder; give the path of a file."), refusal);
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        await System.IO.File.WriteAllBytesAsync(File, [], Stop);

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal((MemoryError.Corrupt, Damaged("the file is empty")), refusal);
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, "Dear diary, today I kept something else under this name.", Stop);

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal((MemoryError.Corrupt, Damaged("SQLite Error 26: 'file is not a database'")), refusal);
    }

    [Fact]
    public async Task A_corrupt_header_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        await using (var file = System.IO.File.OpenWrite(File))
        {
            file.Write("SQLite format 9\0"u8);
        }

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal((MemoryError.Corrupt, Damaged("SQLite Error 26: 'file is not a database'")), refusal);
    }

    [Fact]
    public async Task A_truncated_file_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        await using (var file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(4096 * 3);
        }

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal((MemoryError.Corrupt, Damaged("SQLite Error 11: 'database disk image is malformed'")), refusal);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_as_it_is()
    {
        using (var connection = Connect(File))
        {
            connection.Execute("create table bookmarks (address text)");
        }

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal(
            (MemoryError.Corrupt, $"The file '{File}' is a database of another program; choose another data folder, or move the file away."), refusal);
        Assert.Equal("bookmarks", Text(File, "select group_concat(name) from sqlite_master"));
    }

    [Fact]
    public async Task A_read_only_file_is_refused()
    {
        await (await OpenAsync()).DisposeAsync();
        System.IO.File.SetAttributes(File, FileAttributes.ReadOnly);

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal(
            (MemoryError.ReadOnly, $"The database '{File}' may not be written; make it and its folder writable, or choose another data folder."), refusal);
        System.IO.File.SetAttributes(File, FileAttributes.Normal);
    }

    [Fact]
    public async Task A_file_in_a_files_place_of_its_folder_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(Folder, "notes"), "text", Stop);
        var path = Path.Combine(Folder, "notes", "pai.db");

        var (error, message) = await RefusalAsync(() => MemoryDatabase.OpenAsync(path, Time, NullLogger.Instance, Stop));

        Assert.Equal(MemoryError.Failed, error);
        Assert.StartsWith($"The database '{path}' cannot be opened (", message, StringComparison.Ordinal);
        Assert.EndsWith("); check the path and its disk.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_program_holds_is_refused_after_the_wait()
    {
        await (await OpenAsync()).DisposeAsync();
        using var other = Connect(File);
        other.Execute("pragma locking_mode = exclusive; create table held (x)");

        var refusal = await RefusalAsync(() => OpenAsync(new DatabaseOptions { BusyTimeout = TimeSpan.FromMilliseconds(20) }));

        Assert.Equal((MemoryError.Locked, $"The database '{File}' is held by another program; close it, or wait, and try again."), refusal);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_what_was_there_stays()
    {
        var database = await OpenAsync(new DatabaseOptions { MaxPages = 110 });
        var session = await Sessions(database).CreateAsync(Settings, "Small", cancellationToken: Stop);
        var turn = await Log(database).BeginTurnAsync(new NewTurn(session.Id, "Tell me everything.", "llama/starter"), Stop);

        var refusal = await RefusalAsync(() => Log(database).SaveAnswerAsync(turn.Id, new string('x', 1_000_000), Stop));
        await Log(database).SaveAnswerAsync(turn.Id, "Something.", Stop);

        Assert.Equal((MemoryError.DiskFull, $"No room is left for the database '{File}'; free some on its disk and try again."), refusal);
        Assert.Equal("Something.", Assert.Single(await Log(database).PathAsync(session.Id, Stop)).Answer);
    }

    [Fact]
    public async Task Two_processes_write_at_once_and_neither_loses_a_turn()
    {
        using var first = MemoryChild.Start("write-some", Folder);
        using var second = MemoryChild.Start("write-some", Folder);

        var exits = await Task.WhenAll(DrainAsync(first), DrainAsync(second));

        var database = await OpenAsync();
        var sessions = await Sessions(database).ListAsync(cancellationToken: Stop);
        Assert.Equal([0, 0], exits);
        Assert.Equal([50, 50], sessions.Select(session => session.TurnCount));
    }

    [Fact]
    public async Task Many_openings_at_once_make_one_database()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync()));

        var sessions = await Task.WhenAll(databases.Select(database => Sessions(database).CreateAsync(Settings, cancellationToken: Stop)));

        var listed = await Sessions(databases[0]).ListAsync(cancellationToken: Stop);
        Assert.Equal(sessions.Select(session => session.Id).ToHashSet(), listed.Select(session => session.Id).ToHashSet());
        Assert.Empty(Directory.GetFiles(Folder, "*.new*"));
    }

    [Fact]
    public async Task Cancelling_stops_a_long_query_and_says_so()
    {
        var database = await OpenAsync();
        using var cancellation = new CancellationTokenSource();

        var query = database.ReadAsync(
            connection =>
            {
                connection.CreateFunction("cancel", () => { cancellation.Cancel(); return 0; });
                return connection.Number("with recursive n(x) as (select cancel() union all select x + 1 from n) select count(*) from n");
            },
            cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        await database.CheckAsync(Stop);
    }

    [Fact]
    public async Task The_vector_extension_answers_on_every_connection()
    {
        var database = await OpenAsync();

        var versions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => database.ReadAsync(connection => connection.Text("select vec_version()"), Stop)));

        Assert.Equal(Enumerable.Repeat("v0.1.9", 6), versions);
    }

    private static async Task<int> DrainAsync(MemoryChild child)
    {
        while (await child.NextLineAsync(Stop) is not null)
        {
        }

        return await child.ExitAsync(Stop);
    }

    private string Damaged(string what) =>
        $"The database '{File}' is damaged or not a database ({what}); restore the newest copy in 'backups' beside it, or move it away to start anew.";

    private string ApplicationId() =>
        System.Text.Encoding.ASCII.GetString(System.IO.File.ReadAllBytes(File).AsSpan(68, 4));
}
