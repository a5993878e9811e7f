using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Memories;

public sealed class MemoryExchangeCommandTests : MemoryCliTest
{
    [Fact]
    public async Task An_export_goes_into_another_data_folder_and_comes_out_the_same()
    {
        await LearnAsync("Anna lives in Bergen.", "Good to know.");
        await AddAsync("I am allergic to peanuts.", "--pin");
        var file = Path.Combine(Pai.Data, "memory.jsonl");

        var exported = await RunAsync("export", file);
        var imported = await RunAsync("import", file, "--data", Path.Combine(Pai.Data, "other"));
        var again = await RunAsync("export", "--data", Path.Combine(Pai.Data, "other"));

        Assert.Equal((0, "", $"Wrote everything that is remembered to '{file}'; it is not encrypted."), (exported.ExitCode, exported.Output, exported.Error.TrimEnd()));
        Assert.Equal((0, "Imported: 1 session, 1 turn, 2 facts, 0 documents; 0 known already, 0 skipped."), (imported.ExitCode, imported.Output.TrimEnd()));
        Assert.Equal(await File.ReadAllTextAsync(file, Stop), again.Output);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_only_with_a_yes()
    {
        await AddAsync("I am allergic to peanuts.");
        var file = Path.Combine(Pai.Data, "memory.md");
        await File.WriteAllTextAsync(file, "mine", Stop);

        var refused = await RunAsync("export", file, "--format", "markdown");
        var kept = await File.ReadAllTextAsync(file, Stop);
        await RunAsync("export", file, "--format", "markdown", "--yes");

        Assert.Equal((3, "mine"), (refused.ExitCode, kept));
        Assert.StartsWith("# What is remembered\n\n## Knowledge\n\n- I am allergic to peanuts. (known since 2026-01-02; may leave the machine: ask)\n", await File.ReadAllTextAsync(file, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_imported_is_told_and_undone_as_one()
    {
        var file = Path.Combine(Pai.Data, "my.ics");
        Directory.CreateDirectory(Pai.Data);
        await File.WriteAllTextAsync(file, "BEGIN:VEVENT\nUID:1\nSUMMARY:Dentist\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:Choir\nEND:VEVENT\nBEGIN:VEVENT\nUID:3\nSUMMARY:Party\nSTATUS:CANCELLED\nEND:VEVENT\n", Stop);

        var dry = await RunAsync("import", file, "--dry-run", "--json");
        var imported = await RunAsync("import", file);
        var undone = await RunAsync("undo");
        var left = await RunAsync("list", "--json");

        Assert.Equal((2, 0, true), (Json(dry).GetProperty("facts").GetInt32(), Json(dry).GetProperty("known").GetInt32(), Json(dry).GetProperty("dry_run").GetBoolean()));
        Assert.Equal($"Imported: 0 sessions, 0 turns, 2 facts, 0 documents; 0 known already, 1 skipped.\n  skipped {file}, Party: it was cancelled.", imported.Output.ReplaceLineEndings("\n").TrimEnd());
        Assert.Contains("imported 2 facts", undone.Output, StringComparison.Ordinal);
        Assert.Equal("[]", left.Output.Trim());
    }

    [Fact]
    public async Task What_is_not_there_or_cannot_be_read_is_a_sentence()
    {
        Directory.CreateDirectory(Pai.Data);
        var odd = Path.Combine(Pai.Data, "odd.bin");
        await File.WriteAllTextAsync(odd, "x", Stop);

        var absent = await RunAsync("import", Path.Combine(Pai.Data, "absent.zip"));
        var unknown = await RunAsync("import", odd);
        var format = await RunAsync("import", odd, "--as", "notion");

        Assert.Equal((2, $"pai: There is no file or folder '{Path.Combine(Pai.Data, "absent.zip")}' to import; check its name."), (absent.ExitCode, absent.Error.TrimEnd()));
        Assert.Equal(2, unknown.ExitCode);
        Assert.EndsWith($"Could not read '{odd}': its name does not say what it is; give --as.", unknown.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(2, format.ExitCode);
    }
}
