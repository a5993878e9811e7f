using System.Text;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Memories;

public sealed class MemoryEncryptedExportTests : MemoryCliTest
{
    private const string Passphrase = "correct horse battery";
    private const int ChunkedHeader = 56, Chunk = 65_536 + 16;

    public MemoryEncryptedExportTests()
    {
        Assert.SkipUnless(KeyFile.CanStretchPassphrases, "libsodium is not here.");
        Pai.Environment["PAI_PASSPHRASE"] = Passphrase;
    }

    private string Export => Path.Combine(Pai.Data, "memory.jsonl");

    private string Other => Path.Combine(Pai.Data, "other");

    [Fact]
    public async Task An_encrypted_export_has_no_word_to_be_read_and_gives_the_same_store()
    {
        await LearnAsync("Anna lives in Bergen.", "Good to know.");
        var plain = await RunAsync("export");

        var exported = await RunAsync("export", Export, "--encrypt");
        var imported = await ImportAsync(Export, "--data", Other);
        var again = await RunAsync("export", "--data", Other);

        Assert.Equal(
            new PaiResult(0, "", $"Wrote everything that is remembered to '{Export}', encrypted under the passphrase that you gave; nobody can get that back for you.\n"),
            exported);
        Assert.Equal((0, "Imported: 1 session, 1 turn, 1 fact, 0 documents; 0 known already, 0 skipped.\n", ""), (imported.ExitCode, imported.Output, imported.Error));
        Assert.Equal(plain.Output, again.Output);
        var bytes = await File.ReadAllBytesAsync(Export, Stop);
        Assert.All(["Anna", "Bergen", "Good", "session", Passphrase], word => Assert.False(Contains(bytes, word), word));
        Assert.True(Contains(bytes, "PAI-EXPORT1\n{\"version\":1,\"source\":\"passphrase\",\"salt\":\""));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Export));
        }
    }

    [Fact]
    public async Task Without_the_passphrase_nothing_is_imported_or_written()
    {
        await AddAsync("I am allergic to peanuts.");
        await RunAsync("export", Export, "--encrypt");

        Pai.Environment["PAI_PASSPHRASE"] = "wrong";
        var wrong = await ImportAsync(Export, "--data", Other);
        Pai.Environment.Remove("PAI_PASSPHRASE");
        var none = await ImportAsync(Export, "--data", Other);
        var unasked = await RunAsync("export", Path.Combine(Pai.Data, "new.jsonl"), "--encrypt");

        Assert.Equal(new PaiResult(3, "", $"pai: That is not the passphrase of the export '{Export}'; nothing was imported.\n"), wrong);
        Assert.Equal(new PaiResult(3, "", $"pai: Nobody can be asked here for the passphrase of the export '{Export}'; give it in PAI_PASSPHRASE, or with --passphrase-file FILE.\n"), none);
        Assert.Equal(new PaiResult(3, "", "pai: Nobody can be asked here for the passphrase of the export; give it in PAI_PASSPHRASE, or with --passphrase-file FILE.\n"), unasked);
        Assert.False(File.Exists(Path.Combine(Other, "pai.db")));
        Assert.False(File.Exists(Path.Combine(Pai.Data, "new.jsonl")));
    }

    [Fact]
    public async Task What_was_changed_or_cut_off_is_refused_as_a_whole()
    {
        await LearnAsync("Anna lives in Bergen.", new string('x', 3 * Chunk));
        await RunAsync("export", Export, "--encrypt");
        var whole = await File.ReadAllBytesAsync(Export, Stop);
        var start = whole.AsSpan().IndexOf("}\n"u8) + 2 + ChunkedHeader;
        byte[] WithChange(int at)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            return changed;
        }

        byte[][] damaged =
        [
            WithChange(start - 1), WithChange(start), WithChange(start + Chunk), WithChange(whole.Length - 1),
            whole[..(start - 1)], whole[..start], whole[..(start + Chunk)], whole[..(start + (2 * Chunk))], whole[..^1], [.. whole, 0],
        ];
        var results = new List<PaiResult>();
        foreach (var bytes in damaged)
        {
            await File.WriteAllBytesAsync(Export, bytes, Stop);
            results.Add(await ImportAsync(Export, "--data", Other));
        }

        var left = await RunAsync("export", "--data", Other);

        var refusal = new PaiResult(2, "", $"pai: Could not read '{Export}': It was changed or cut off since it was encrypted; nothing of it is imported.\n");
        Assert.All(results, result => Assert.Equal(refusal, result));
        Assert.EndsWith("{\"type\":\"end\",\"rows\":0}\n", left.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_within_that_makes_no_sense_is_refused()
    {
        Directory.CreateDirectory(Pai.Data);
        await File.WriteAllTextAsync(Export, "PAI-EXPORT1\n{\"version\":1,\"source\":\"passphrase\",\"salt\":\"00\",\"check\":\"\"}\n", Stop);
        var salt = await ImportAsync(Export);
        await File.WriteAllTextAsync(Export, "PAI-EXPORT1\n{}", Stop);
        var endless = await ImportAsync(Export);

        Assert.Equal(
            new PaiResult(2, "", $"pai: Could not read '{Export}': the key file in its second line cannot be used (it is of another version, or its numbers make no sense); export it again.\n"), salt);
        Assert.Equal(new PaiResult(2, "", $"pai: Could not read '{Export}': the key file in its second line cannot be used (it does not end); export it again.\n"), endless);
    }

    [Fact]
    public async Task An_encrypted_memory_exports_encrypted_under_its_own_key()
    {
        Assert.SkipUnless(SqliteLibrary.Load().CanEncrypt, "No C compiler was there at setup, so SQLite cannot encrypt.");
        await AddAsync("I am allergic to peanuts.");
        await RunAsync("encrypt");
        var markdown = Path.Combine(Pai.Data, "memory.md");

        var exported = await RunAsync("export", Export);
        var bytes = await File.ReadAllBytesAsync(Export, Stop);
        var known = await ImportAsync(Export);
        var unreadable = await RunAsync("export", markdown, "--format", "markdown");
        var plain = await RunAsync("export", markdown, "--format", "markdown", "--plain");

        Assert.Equal(new PaiResult(0, "", $"Wrote everything that is remembered to '{Export}', encrypted under the memory's passphrase.\n"), exported);
        Assert.False(Contains(bytes, "peanuts"));
        Assert.Equal(new PaiResult(0, "Imported: 0 sessions, 0 turns, 0 facts, 0 documents; 1 known already, 0 skipped.\n", ""), known);
        Assert.Equal(
            new PaiResult(2, "", "pai: The memory is encrypted, and a Markdown export is to be read, so it cannot be; give --plain to write it nevertheless.\n"), unreadable);
        Assert.Equal(
            new PaiResult(0, "", $"Wrote everything that is remembered to '{markdown}'; it is not encrypted, although the memory is, so whoever gets it can read it.\n"), plain);
    }

    [Fact]
    public async Task An_encrypted_memory_takes_in_an_export_under_another_passphrase()
    {
        Assert.SkipUnless(SqliteLibrary.Load().CanEncrypt, "No C compiler was there at setup, so SQLite cannot encrypt.");
        await AddAsync("I am allergic to peanuts.");
        await RunAsync("export", Export, "--encrypt", "--passphrase-file", Pai.Write("export.txt", "other words\n"));
        await RunAsync("encrypt");

        var unasked = await ImportAsync(Export);
        var fromFile = await ImportAsync(Export, "--export-passphrase-file", Path.Combine(Pai.Data, "export.txt"));
        Pai.Environment["PAI_EXPORT_PASSPHRASE"] = "other words";
        var fromEnvironment = await ImportAsync(Export);

        Assert.Equal(
            new PaiResult(3, "", $"pai: Nobody can be asked here for the passphrase of the export '{Export}'; give it in PAI_EXPORT_PASSPHRASE, or with --export-passphrase-file FILE.\n"),
            unasked);
        var known = new PaiResult(0, "Imported: 0 sessions, 0 turns, 0 facts, 0 documents; 1 known already, 0 skipped.\n", "");
        Assert.Equal([known, known], [fromFile, fromEnvironment]);
    }

    [Fact]
    public async Task A_person_is_asked_twice_for_a_new_passphrase_and_once_for_an_old_one()
    {
        await AddAsync("I am allergic to peanuts.");
        Pai.Environment.Remove("PAI_PASSPHRASE");
        (Pai.IsTerminal, Pai.Input) = (true, Passphrase);

        var exported = await RunAsync("export", Export, "--encrypt", "--no-color");
        var imported = await ImportAsync(Export, "--no-color");

        Assert.StartsWith("New passphrase of the export: \nOnce more: \nWrote everything", exported.Error, StringComparison.Ordinal);
        Assert.StartsWith($"Passphrase of the export '{Export}': \n", imported.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (exported.ExitCode, imported.ExitCode));
    }

    [Fact]
    public async Task What_cannot_be_encrypted_is_said()
    {
        var results = new[]
        {
            await RunAsync("export", "--encrypt"),
            await RunAsync("export", Export, "--encrypt", "--format", "markdown"),
            await RunAsync("export", Export, "--encrypt", "--plain"),
        };

        Assert.Equal(
            [
                new(2, "", "pai: --encrypt needs a file to write; name one.\n"),
                new(2, "", "pai: A Markdown export is to be read, so it cannot be encrypted; give --format jsonl, or leave --encrypt out.\n"),
                new(2, "", "pai: --encrypt and --plain exclude each other; give one of them.\n"),
            ],
            results);
        Assert.False(File.Exists(Export));
    }

    // What it tells of its progress is another test's.
    private async Task<PaiResult> ImportAsync(params string[] arguments)
    {
        var result = await RunAsync(["import", .. arguments]);
        return result with { Error = string.Concat(result.Error.Split('\n').Where(line => !line.StartsWith("Importing", StringComparison.Ordinal) && line.Length > 0).Select(line => $"{line}\n")) };
    }

    private static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
