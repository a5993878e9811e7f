using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Memories;

public sealed class MemoryEncryptionTests : IDisposable
{
    private const string Passphrase = "correct horse battery";

    private readonly PaiSandbox _pai = PaiSandbox.WithStories();

    public MemoryEncryptionTests()
    {
        Assert.SkipUnless(SqliteLibrary.Load().CanEncrypt, "No C compiler was there at setup, so SQLite cannot encrypt.");
        Assert.SkipUnless(KeyFile.CanStretchPassphrases, "libsodium is not here.");
    }

    private string Database => Path.Combine(_pai.Data, "pai.db");

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task A_session_goes_on_in_an_encrypted_memory_of_which_no_file_can_be_read()
    {
        await AskAsync("The sourdough owl sat on a tall tree near the river.");
        await AskAsync("--continue", "What did the sourdough owl do?");
        await _pai.RunAsync("backup");
        Assert.NotEmpty(FilesWith("sourdough"u8));
        Assert.NotEmpty(FilesWith("PAI-KV1"u8));

        _pai.Environment["PAI_PASSPHRASE"] = Passphrase;
        var encrypted = await _pai.RunAsync("memory", "encrypt", "--backups");
        var first = await AskAsync("--continue", "And then the sourdough owl?");
        var second = await AskAsync("--continue", "And the end of the sourdough owl?");
        await _pai.RunAsync("backup");

        Assert.Equal((0, ""), (encrypted.ExitCode, encrypted.Error));
        Assert.Matches(
            @"^The memory is encrypted\. Nobody can read it without the passphrase, and nobody can get that back for you\.\nSo is the backup pai-\S+\.db\.\n$", encrypted.Output);
        Assert.Equal(0, first);
        Assert.True(second > 0, "The encrypted snapshot was not used.");
        Assert.Empty(FilesWith("sourdough"u8));
        Assert.Empty(FilesWith("PAI-KV1"u8));
        Assert.NotEmpty(FilesWith("PAI-ENC1"u8));
        Assert.Empty(FilesWith(Encoding.UTF8.GetBytes(Passphrase)));
        var key = KeyFile.Of(Database)!.Open(Passphrase).Derive("kv snapshots");
        Assert.Empty(FilesWith(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key))).Concat(FilesWith(Encoding.ASCII.GetBytes(Convert.ToBase64String(key)))));
    }

    [Fact]
    public async Task The_engine_process_writes_under_the_same_key()
    {
        await using var sandbox = EngineSandbox.WithStories();
        var pai = sandbox.Pai;
        pai.Environment["PAI_PASSPHRASE"] = Passphrase;
        await pai.RunAsync("ask", "The sourdough owl sat on a tall tree near the river.", "--max-tokens", "12");
        await pai.RunAsync("memory", "encrypt");
        await pai.RunAsync("ask", "--continue", "What did the sourdough owl do?", "--max-tokens", "12");
        using var engine = await sandbox.ProcessAsync();
        await sandbox.Engine.StopAsync();
        await engine.WaitForExitAsync(TestContext.Current.CancellationToken);

        var again = await pai.RunAsync("ask", "--continue", "And then?", "--json", "--max-tokens", "12");

        Assert.True(JsonElement.Parse(again.Output).GetProperty("usage").GetProperty("cached_tokens").GetInt32() > 0);
        var key = KeyFile.Of(Path.Combine(pai.Data, "pai.db"))!.Open(Passphrase).Derive("kv snapshots");
        Assert.Empty(FilesWith("PAI-KV1"u8, pai.Data));
        Assert.NotEmpty(FilesWith("PAI-ENC1"u8, pai.Data));
        Assert.Empty(FilesWith(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key)), pai.Data).Concat(FilesWith(Encoding.ASCII.GetBytes(Convert.ToBase64String(key)), pai.Data)));
    }

    [Fact]
    public async Task A_conversation_in_the_engine_is_not_written_readable_after_the_memory_was_encrypted()
    {
        await using var sandbox = EngineSandbox.WithStories();
        var pai = sandbox.Pai;
        pai.Environment["PAI_PASSPHRASE"] = Passphrase;
        await pai.RunAsync("ask", "The sourdough owl sat on a tall tree near the river.", "--max-tokens", "12");
        await pai.RunAsync("ask", "--continue", "What did the sourdough owl do?", "--max-tokens", "12");

        using var engine = await sandbox.ProcessAsync();
        await pai.RunAsync("memory", "encrypt");
        await sandbox.Engine.StopAsync();
        await engine.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(FilesWith("PAI-KV1"u8, pai.Data));
        Assert.Empty(Directory.EnumerateFiles(pai.Data, "*.kv", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Without_the_passphrase_nothing_is_done()
    {
        await MakeEncryptedAsync();
        var bytes = await File.ReadAllBytesAsync(Database);

        _pai.Environment.Remove("PAI_PASSPHRASE");
        var none = await _pai.RunAsync("sessions");
        _pai.Environment["PAI_PASSPHRASE"] = "wrong";
        var wrong = await _pai.RunAsync("sessions", "--json");
        var backup = await _pai.RunAsync("backup");
        var decrypt = await _pai.RunAsync("memory", "decrypt");
        var doctor = await _pai.RunAsync("doctor");

        const string Refusal = "That is not the passphrase of this memory; nothing was opened or changed.";
        Assert.Equal(new PaiResult(3, "", "pai: Nobody can be asked here for the passphrase of the memory; give it in PAI_PASSPHRASE, or with --passphrase-file FILE.\n"), none);
        Assert.Equal((3, $"pai: {Refusal}\n"), (wrong.ExitCode, wrong.Error));
        Assert.Equal([(3, Refusal), (3, Refusal)], new[] { backup, decrypt }.Select(result => (result.ExitCode, result.Error["pai: ".Length..].TrimEnd())));
        Assert.Contains("encryption     The memory is encrypted under a passphrase.", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Database));
    }

    [Fact]
    public async Task A_person_is_asked_and_a_new_passphrase_twice()
    {
        await MakeDatabaseAsync();
        _pai.IsTerminal = true;

        _pai.Input = $"{Passphrase}";
        var encrypted = await _pai.RunAsync("memory", "encrypt", "--no-color");
        var opened = await _pai.RunAsync("sessions", "--no-color");

        Assert.Equal("New passphrase of the memory: \nOnce more: \n", encrypted.Error);
        Assert.Equal("Passphrase of the memory: \nThere are no sessions yet; 'pai' opens the first.\n", opened.Error);
        Assert.Equal((0, 0), (encrypted.ExitCode, opened.ExitCode));
    }

    [Fact]
    public async Task A_file_gives_the_passphrase_and_rekey_takes_another()
    {
        await MakeDatabaseAsync();
        var (old, next) = (_pai.Write("old.txt", "first words\n"), _pai.Write("next.txt", "second words\n"));

        var results = new[]
        {
            await _pai.RunAsync("memory", "encrypt", "--passphrase-file", old),
            await _pai.RunAsync("backup", "--passphrase-file", old),
            await _pai.RunAsync("memory", "rekey", "--passphrase-file", old, "--new-passphrase-file", next, "--json"),
            await _pai.RunAsync("sessions", "--passphrase-file", old),
            await _pai.RunAsync("sessions", "--passphrase-file", next),
            await _pai.RunAsync("memory", "decrypt", "--passphrase-file", next),
            await _pai.RunAsync("sessions"),
        };

        Assert.Equal([0, 0, 0, 3, 0, 0, 0], results.Select(result => result.ExitCode));
        var json = JsonElement.Parse(results[2].Output);
        Assert.Equal((true, "passphrase", 1), (json.GetProperty("encrypted").GetBoolean(), json.GetProperty("key").GetString(), json.GetProperty("backups_under_another_key").GetArrayLength()));
        Assert.False(File.Exists(Path.Combine(_pai.Data, "pai.key.json")));
    }

    [Fact]
    public async Task Backups_that_can_be_read_are_named_and_can_be_encrypted_later()
    {
        await MakeDatabaseAsync();
        await _pai.RunAsync("backup");
        var name = Path.GetFileName(Directory.GetFiles(Path.Combine(_pai.Data, "backups"))[0]);
        _pai.Environment["PAI_PASSPHRASE"] = Passphrase;

        var encrypted = await _pai.RunAsync("memory", "encrypt");
        var doctor = await _pai.RunAsync("doctor");
        var again = await _pai.RunAsync("memory", "encrypt");
        var later = await _pai.RunAsync("memory", "encrypt", "--backups");
        var restored = await _pai.RunAsync("restore", name, "--yes");

        Assert.EndsWith(
            $"\nNot encrypted, and readable by whoever gets them: {name} in '{Path.Combine(_pai.Data, "backups")}'; 'pai memory encrypt --backups' encrypts those that are whole.\n", encrypted.Output, StringComparison.Ordinal);
        Assert.Contains("The memory is encrypted under a passphrase, but 1 of its backups are not.", doctor.Output, StringComparison.Ordinal);
        Assert.Equal((2, "pai: The memory is encrypted already; 'pai memory rekey' changes its key, and --backups encrypts its backups.\n"), (again.ExitCode, again.Error));
        Assert.Equal($"The memory was encrypted before.\nSo is the backup {name}.\n", later.Output);
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));
    }

    // No desktop runs here: a script that keeps what it is given in a file speaks secret-tool's part.
    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_keyring_keeps_a_key_that_no_command_line_shows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "secret-tool is Linux's.");
        await MakeDatabaseAsync();
        var tool = _pai.Write("bin/secret-tool", $"#!/bin/sh\necho \"$@\" >> '{_pai.Data}/called'\nif [ \"$1\" = store ]; then cat > '{_pai.Data}/kept'; else cat '{_pai.Data}/kept'; fi\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _pai.Environment["PATH"] = $"{Path.GetDirectoryName(tool)}:{Environment.GetEnvironmentVariable("PATH")}";

        var encrypted = await _pai.RunProcessAsync("memory", "encrypt", "--keyring");
        var opened = await _pai.RunProcessAsync("sessions");
        var secret = _pai.Read("kept");
        var salt = KeyFile.Of(Database)!.Salt;

        Assert.Equal("The memory is encrypted. Its key lies in the keyring of this desktop; without that keyring nobody can read it.\n", encrypted.Output);
        Assert.Equal((0, "There are no sessions yet; 'pai' opens the first.\n"), (opened.ExitCode, opened.Error));
        Assert.Equal(64, secret.Length);
        Assert.Equal($"store --label Key of pai's memory application pai key {salt}\nlookup application pai key {salt}\nlookup application pai key {salt}\n", _pai.Read("called"));
    }

    [Fact]
    public async Task Without_a_keyring_nothing_is_encrypted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "secret-tool is Linux's.");
        await MakeDatabaseAsync();
        _pai.Environment["PATH"] = $"{Directory.CreateDirectory(Path.Combine(_pai.Data, "bin")).FullName}:{string.Join(':', (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(folder => !File.Exists(Path.Combine(folder, "secret-tool"))))}";

        var result = await _pai.RunProcessAsync("memory", "encrypt", "--keyring");

        Assert.Equal(new PaiResult(3, "", "pai: There is no keyring here, since 'secret-tool' cannot be run; install it, or use a passphrase.\n"), result);
        Assert.Null(KeyFile.Of(Database));
    }

    private async Task MakeDatabaseAsync()
    {
        await using (await _pai.OpenDatabaseAsync())
        {
        }
    }

    private async Task MakeEncryptedAsync()
    {
        await MakeDatabaseAsync();
        _pai.Environment["PAI_PASSPHRASE"] = Passphrase;
        Assert.Equal(0, (await _pai.RunAsync("memory", "encrypt")).ExitCode);
    }

    /// <summary>How many tokens came from the cache.</summary>
    private async Task<int> AskAsync(params string[] arguments)
    {
        var result = await _pai.RunAsync(["ask", "--json", "--max-tokens", "12", .. arguments]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonElement.Parse(result.Output).GetProperty("usage").GetProperty("cached_tokens").GetInt32();
    }

    private List<string> FilesWith(ReadOnlySpan<byte> bytes) => FilesWith(bytes, _pai.Data);

    private static List<string> FilesWith(ReadOnlySpan<byte> bytes, string folder)
    {
        var found = new List<string>();

        // The engine process keeps its lock file, which is empty, to itself; and a socket is no file.
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not (".lock" or ".sock")))
        {
            if (File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0)
            {
                found.Add(file);
            }
        }

        return found;
    }
}
