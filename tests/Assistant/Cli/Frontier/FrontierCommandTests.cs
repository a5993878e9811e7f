using System.Runtime.Versioning;
using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Frontier;

public sealed class FrontierCommandTests : IDisposable
{
    private const string Secret = "sk-test-0123456789abcdef";

    private readonly PaiSandbox _pai = new();

    private string KeyFile => Path.Combine(_pai.Data, "keys", "openai");

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task The_list_shows_where_keys_come_from_and_no_key()
    {
        _pai.Environment["OPENAI_API_KEY"] = Secret;
        _pai.Environment["PAI_ANTHROPIC_KEY"] = Secret;
        _pai.Environment["PAI_KEY_HOME"] = Secret;
        _pai.Write("config.yaml", "frontier:\n  model: anthropic/claude-opus-5-5\n  consent: ask\n  servers: ['home http://localhost:8080/v1 wire:anthropic']\n");

        var table = await _pai.RunAsync("frontier");
        var json = await _pai.RunAsync("frontier", "list", "--json");

        Assert.Equal(
            """
            SERVER     CLASS        HOST               WIRE       VOUCHED FOR BY                     KEY
            openai     frontier     api.openai.com     openai     certificate of a public authority  variable OPENAI_API_KEY
            anthropic  frontier     api.anthropic.com  anthropic  certificate of a public authority  variable PAI_ANTHROPIC_KEY
            home       self_hosted  localhost:8080     anthropic  certificate of a public authority  variable PAI_KEY_HOME

            anthropic/claude-opus-5-5 is chosen, at $4 in and $20 out for a million tokens (2026-10-24); frontier.consent is ask.

            """.ReplaceLineEndings("\n"),
            table.Output);
        using var list = JsonDocument.Parse(json.Output);
        Assert.Equal(["openai", "anthropic", "home"], list.RootElement.EnumerateArray().Select(server => server.GetProperty("id").GetString()));
        Assert.Equal(4, list.RootElement[1].GetProperty("price").GetProperty("input").GetDecimal());
        Assert.DoesNotContain(Secret, table.Output + json.Output, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Without_a_keyring_a_key_is_kept_in_a_file_that_nobody_else_can_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "secret-tool is Linux's.");
        HideKeyring();
        _pai.Input = $"  {Secret}\n";

        var kept = await _pai.RunProcessAsync("frontier", "key", "openai", "--from-stdin");
        var listed = await _pai.RunProcessAsync("frontier");
        var text = _pai.Read("keys/openai");
        var modes = (File.GetUnixFileMode(KeyFile), File.GetUnixFileMode(Path.GetDirectoryName(KeyFile)!));
        var removed = await _pai.RunProcessAsync("frontier", "key", "openai", "--remove");

        Assert.Equal(new PaiResult(0, $"The key of 'openai' lies in '{KeyFile}', which only you can read, since there is no keyring here.\n", ""), kept);
        Assert.Equal(Secret, text);
        Assert.Equal((UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute), modes);
        Assert.Contains($"file {KeyFile}\n", listed.Output, StringComparison.Ordinal);
        Assert.Equal(new PaiResult(0, "No key of 'openai' is kept here now.\n", ""), removed);
        Assert.False(File.Exists(KeyFile));
    }

    // No desktop runs here: a script that keeps what it is given in a file speaks secret-tool's part.
    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_keyring_keeps_a_key_that_no_command_line_shows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "secret-tool is Linux's.");
        _pai.Write("keys/openai", "an old one");
        var tool = _pai.Write("bin/secret-tool", $"#!/bin/sh\necho \"$@\" >> '{_pai.Data}/called'\ncase $1 in store) cat > '{_pai.Data}/kept';; clear) rm '{_pai.Data}/kept';; *) cat '{_pai.Data}/kept';; esac\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _pai.Environment["PATH"] = $"{Path.GetDirectoryName(tool)}:{Environment.GetEnvironmentVariable("PATH")}";
        _pai.Input = Secret;

        var kept = await _pai.RunProcessAsync("frontier", "key", "openai", "--from-stdin");
        var fileIsLeft = File.Exists(KeyFile);
        var listed = await _pai.RunProcessAsync("frontier");
        await _pai.RunProcessAsync("frontier", "key", "openai", "--remove");

        Assert.Equal(new PaiResult(0, "The key of 'openai' lies in the keyring of this desktop.\n", ""), kept);
        Assert.False(fileIsLeft);
        Assert.Matches("(?m)^openai .* keyring$", listed.Output);
        Assert.StartsWith("store --label Key of 'openai' for pai application pai key frontier-openai\n", _pai.Read("called"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, _pai.Read("called"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_pai.Data, "kept")));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_key_that_others_can_read_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        _pai.Write("keys/openai", Secret);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var result = await _pai.RunAsync("frontier");

        Assert.Equal(new PaiResult(3, "", $"pai: Others can read the key in '{KeyFile}', so it is not used; run 'chmod 600 {KeyFile}', and ask for a new key if anybody has read it.\n"), result);
    }

    [Fact]
    public async Task A_key_is_never_an_argument_and_never_asked_of_nobody()
    {
        var noTerminal = await _pai.RunAsync("frontier", "key", "openai");
        var unknown = await _pai.RunAsync("frontier", "key", "opnai", "--from-stdin");
        _pai.Input = "two words\n";
        var wrong = await _pai.RunAsync("frontier", "key", "openai", "--from-stdin");
        _pai.Environment["OPENAI_API_KEY"] = "two words";
        var variable = await _pai.RunAsync("frontier");

        Assert.Equal(new PaiResult(3, "", "pai: Nobody can be asked here for the key of 'openai'; give it with --from-stdin, or in PAI_OPENAI_KEY.\n"), noTerminal);
        Assert.Equal(new PaiResult(2, "", "pai: 'opnai' is no server of models elsewhere; did you mean 'openai'?\n"), unknown);
        Assert.Equal(new PaiResult(2, "", "pai: A key has 1 to 4096 printable ASCII characters and no spaces.\n"), wrong);
        Assert.Equal(new PaiResult(3, "", "pai: The key in the variable OPENAI_API_KEY cannot be used: A key has 1 to 4096 printable ASCII characters and no spaces.\n"), variable);
    }

    [Fact]
    public async Task A_server_that_is_not_entered_rightly_is_a_wrong_setting()
    {
        var result = await _pai.RunAsync("config", "set", "frontier.servers", "home http://192.168.1.5/v1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'http://192.168.1.5/v1' is not encrypted, and not on this machine; use https.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_say_of_which_day_they_are_and_whose()
    {
        var path = await _pai.RunAsync("frontier", "prices", "--edit-path");
        _pai.Write("prices.yaml", "prices:\n  - { model: openai/gpt-4o, input: 1, output: 2, as_of: 2026-11-20 }\n");

        var table = await _pai.RunAsync("frontier", "prices");
        var json = await _pai.RunAsync("frontier", "prices", "--json");

        Assert.Equal($"{Path.Combine(_pai.Data, "prices.yaml")}\n", path.Output);
        Assert.Matches(@"(?m)^openai/gpt-4o +1 +2 +2026-11-20  prices\.yaml$", table.Output);
        Assert.Matches(@"(?m)^anthropic/claude-haiku-5-5 +0\.5 +0\.05 +2\.5 +over 100000 tokens  2026-10-24  pai$", table.Output);
        using var prices = JsonDocument.Parse(json.Output);
        Assert.Equal(("openai/gpt-4o", true), (prices.RootElement[0].GetProperty("id").GetString(), prices.RootElement[0].GetProperty("own").GetBoolean()));
    }

    private void HideKeyring() => _pai.Environment["PATH"] =
        string.Join(':', (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(folder => !File.Exists(Path.Combine(folder, "secret-tool"))));
}
