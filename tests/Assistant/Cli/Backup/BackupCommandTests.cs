using System.Text.Json;
using PersonalAi.Tests.Assistant.Cli.Sessions;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Backup;

public sealed class BackupCommandTests : SessionsTest
{
    private string Folder => Path.Combine(Pai.Data, "backups");

    [Fact]
    public async Task A_memory_is_backed_up_listed_and_restored()
    {
        await AddAsync("What is a roux?", "Flour and butter.");
        var made = await Pai.RunAsync("backup", "--json");
        await AddAsync("What is a velouté?", "A sauce.");

        var name = Path.GetFileName(Assert.Single(Directory.GetFiles(Folder)));
        var restored = await Pai.RunAsync("restore", name, "--yes");

        var json = JsonElement.Parse(made.Output);
        Assert.Equal((0, Path.GetFileNameWithoutExtension(name), Path.Combine(Folder, name)), (made.ExitCode, json.GetProperty("id").GetString(), json.GetProperty("path").GetString()));
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));
        Assert.Matches(
            $@"^Restored the backup of today 03:05 from '.*{name}': .*sessions 1, .*turns 1.*\.\nWhat was there before is kept in '.*backups.pai-20260102T030605\.000Z-v\d+\.db'\.\n$",
            restored.Output);
        Assert.Equal("What is a roux?", Assert.Single(await Pai.PathAsync()).Prompt);
    }

    [Fact]
    public async Task The_list_says_when_each_gives_way()
    {
        Pai.Environment["PAI_BACKUP_KEEP"] = "2";
        await AddAsync("What is a roux?", "Flour and butter.");
        for (var number = 0; number < 3; number++)
        {
            await Pai.RunAsync("backup");
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        var list = JsonElement.Parse((await Pai.RunAsync("backup", "--list", "--json")).Output).EnumerateArray().ToList();
        var table = await Pai.RunAsync("backup", "--list");

        Assert.Equal([("2026-01-02T03:07:05+00:00", 2), ("2026-01-02T03:06:05+00:00", 1)], list.Select(backup => (backup.GetProperty("made_at").GetString(), backup.GetProperty("rotates_after").GetInt32())));
        Assert.Matches(@"^BACKUP +MADE +SIZE +SCHEMA +ENCRYPTED +GIVES WAY\npai-20260102T030705\.000Z-v\d+\.db  today 03:07  .+  no  +after 2 more\npai-.+ to the next\n$", table.Output);
    }

    [Fact]
    public async Task A_backup_goes_into_a_folder_or_a_file_that_is_named()
    {
        await AddAsync("What is a roux?", "Flour and butter.");
        var stick = Directory.CreateDirectory(Path.Combine(Pai.Data, "stick")).FullName;
        var file = Path.Combine(stick, "mine.db");

        var named = await Pai.RunAsync("backup", file);
        var again = await Pai.RunAsync("backup", file);
        var inFolder = await Pai.RunAsync("backup", stick);
        var nowhere = await Pai.RunAsync("backup", Path.Combine(Pai.Data, "absent", "x.db"));

        Assert.Matches($@"^Backed up to '{file}' \([\d.]+ kB, schema \d+\); the copy is whole and has every row\.\n$", named.Output);
        Assert.Equal(new PaiResult(3, "", $"pai: Nobody can be asked here whether to replace the file '{file}'; give --yes to allow it.\n"), again);
        Assert.Equal(0, inFolder.ExitCode);
        Assert.Equal(["mine.db", "pai-20260102T030505.db"], Directory.GetFiles(stick).Select(Path.GetFileName).Order());
        Assert.Equal(2, nowhere.ExitCode);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Without_a_database_there_is_nothing_to_back_up()
    {
        var backup = await Pai.RunAsync("backup");
        var list = await Pai.RunAsync("backup", "--list");
        var restore = await Pai.RunAsync("restore", "none.db");

        Assert.Equal(new PaiResult(2, "", $"pai: There is no database '{Path.Combine(Pai.Data, "pai.db")}' yet; the first session makes it.\n"), backup);
        Assert.Equal(new PaiResult(0, "", "There are no backups yet; 'pai backup' makes one.\n"), list);
        Assert.Equal(new PaiResult(2, "", $"pai: There is no file '{Path.GetFullPath("none.db")}' to restore; 'pai backup --list' shows the backups.\n"), restore);
    }

    [Fact]
    public async Task Restoring_is_not_done_without_a_yes()
    {
        await AddAsync("What is a roux?", "Flour and butter.");
        await Pai.RunAsync("backup");
        var name = Path.GetFileName(Directory.GetFiles(Folder)[0]);

        var result = await Pai.RunAsync("restore", name);

        Assert.Equal(
            new PaiResult(3, "", $"pai: Nobody can be asked here whether to replace the memory in '{Path.Combine(Pai.Data, "pai.db")}' by '{Path.Combine(Folder, name)}'; give --yes to allow it.\n"),
            result);
    }
}
