using PersonalAi.Assistant;
using PersonalAi.Assistant.Configuration;
using Xunit;

namespace PersonalAi.Tests.Assistant.Configuration;

public sealed class ConfigurationEditTests : IDisposable
{
    private readonly PaiSandbox _pai = new();

    public void Dispose() => _pai.Dispose();

    [Theory]
    [InlineData("persona: a  # mine\nlog:\n  level: Debug\n", "persona", "b", "persona: b  # mine\nlog:\n  level: Debug\n")]
    [InlineData("persona:\n", "persona", "b", "persona: b\n")]
    [InlineData("persona: 'it''s' # x\n", "persona", "b: c", "persona: 'b: c' # x\n")]
    [InlineData("# mine\n", "persona", "b", "# mine\npersona: b\n")]
    [InlineData("", "persona", "b", "persona: b\n")]
    [InlineData("persona: a", "log.level", "Debug", "persona: a\nlog:\n  level: Debug\n")]
    [InlineData("model:\n    threads: 2\n# end\n", "model.name", "x", "model:\n    name: x\n    threads: 2\n# end\n")]
    [InlineData("model:\n  # name: default\n  threads: 2\n", "model.name", "x", "model:\n  # name: default\n  name: x\n  threads: 2\n")]
    [InlineData("model:\nlog:\n  # name: elsewhere\n", "model.name", "x", "model:\n  name: x\nlog:\n  # name: elsewhere\n")]
    [InlineData("log:\r\n  level: Debug\r\n", "persona", "b", "log:\r\n  level: Debug\r\npersona: b\r\n")]
    [InlineData("a: &x 1\n", "persona", "b", null)]
    [InlineData("model: {threads: 2}\n", "model.threads", "3", "model: {threads: 3}\n")]
    public void One_value_changes_and_every_other_line_stays(string before, string key, string value, string? after)
    {
        string Change() => ConfigurationEdit.Set(before, "config.yaml", Settings.Find(key), value);

        if (after is null)
        {
            Assert.Throws<UsageException>(Change);
        }
        else
        {
            Assert.Equal(after, Change());
        }
    }

    [Theory]
    [InlineData("", "['deny a']", "tools:\n  rules: ['deny a']\n")]
    [InlineData("tools:\n  rules: []  # none\n", "['deny a', 'ask b']", "tools:\n  rules: ['deny a', 'ask b']  # none\n")]
    [InlineData("tools:\n  # rules: []\n  enabled: true\n", "['deny a']", "tools:\n  # rules: []\n  rules: ['deny a']\n  enabled: true\n")]
    [InlineData("tools:\n  rules:\n    - deny a  # one\n    # between\n    - deny b\nlog:\n", "['deny a', 'deny b', 'deny c']", "tools:\n  rules:\n    - deny a  # one\n    # between\n    - deny b\n    - 'deny c'\nlog:\n")]
    [InlineData("tools:\n  rules:\n  - deny a  # one\n  - deny b\n", "['deny b']", "tools:\n  rules:\n  - deny b\n")]
    [InlineData("tools:\n  rules:\n  - deny a\n  - deny b\n", "[]", "tools:\n  rules: []\n")]
    [InlineData("tools:\r\n  rules:\r\n    - deny a\r\n", "['deny a', 'deny b']", "tools:\r\n  rules:\r\n    - deny a\r\n    - 'deny b'\r\n")]
    [InlineData("tools:\n  rules:\n  - deny a\n  - deny b\n", "['deny b', 'deny a']", null)]
    [InlineData("tools:\n  rules:\n  - deny\n    a\n  - deny b\n", "['deny b']", null)]
    public void A_list_keeps_its_lines_and_their_comments(string before, string value, string? after)
    {
        string Change() => ConfigurationEdit.Set(before, "config.yaml", Settings.Find("tools.rules"), value);

        if (after is null)
        {
            Assert.Throws<UsageException>(Change);
        }
        else
        {
            Assert.Equal(after, Change());
        }
    }

    [Fact]
    public async Task Lists_are_set_and_shown_with_where_they_come_from()
    {
        var one = await _pai.RunAsync("config", "set", "tools.roots", "/srv/notes");
        var two = await _pai.RunAsync("config", "set", "tools.roots", "[/srv/notes, '/srv/my letters']");
        var get = await _pai.RunAsync("config", "get", "tools.roots", "--json");
        var wrong = await _pai.RunAsync("config", "set", "tools.roots", "[/srv/notes, letters]");

        Assert.Equal($"tools.roots = [/srv/notes] ({_pai.Configuration})\n", one.Output);
        Assert.Equal($"tools.roots = [/srv/notes, '/srv/my letters'] ({_pai.Configuration})\n", two.Output);
        Assert.Contains("\"/srv/my letters\"", get.Output, StringComparison.Ordinal);
        Assert.Contains("\"source\": \"file\"", get.Output, StringComparison.Ordinal);
        Assert.Equal(
            new PaiResult(2, "", "pai: '[/srv/notes, letters]' is not allowed for 'tools.roots', which takes a list of an absolute path, or one that starts with ~/.\n"), wrong);
    }

    [Fact]
    public void A_change_that_would_touch_other_lines_is_refused()
    {
        var error = Assert.Throws<UsageException>(() => ConfigurationEdit.Set("model: {threads: 2}\n", "config.yaml", Settings.Find("model.name"), "x"));

        Assert.Equal("'model.name' could not be changed in 'config.yaml' without touching other lines: edit the file by hand.", error.Message);
    }

    [Fact]
    public async Task Set_writes_a_commented_file_that_only_its_owner_can_read()
    {
        var set = await _pai.RunAsync("config", "set", "sampling.temperature", "0.40");
        var get = await _pai.RunAsync("config", "get", "sampling.temperature");

        Assert.Equal(new PaiResult(0, $"sampling.temperature = 0.4 ({_pai.Configuration})\n", ""), set);
        Assert.Equal(new PaiResult(0, "0.4\n", ""), get);
        Assert.Contains("  # temperature: 0.3\n  temperature: 0.4\n", _pai.Read("config.yaml"), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_pai.Configuration) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal([_pai.Configuration], Directory.GetFiles(_pai.Data));
    }

    [Fact]
    public async Task Set_says_when_a_stronger_layer_hides_the_new_value()
    {
        _pai.Environment["PAI_PERSONA"] = "coder";

        var result = await _pai.RunAsync("config", "set", "persona", "writer");

        Assert.Equal(new PaiResult(0, $"persona = writer ({_pai.Configuration})\n", "pai: The environment variable PAI_PERSONA is set too, and wins over the file.\n"), result);
    }

    [Fact]
    public async Task Set_refuses_what_is_not_allowed_and_writes_nothing()
    {
        var result = await _pai.RunAsync("config", "set", "sampling.top_p", "1.5");

        Assert.Equal(new PaiResult(2, "", "pai: '1.5' is not allowed for 'sampling.top_p', which takes a number from 0 to 1.\n"), result);
        Assert.False(File.Exists(_pai.Configuration));
    }

    [Fact]
    public async Task Set_keeps_a_linked_file_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var real = _pai.Write("dotfiles/pai.yaml", "persona: coder\n");
        File.CreateSymbolicLink(_pai.Configuration, real);

        await _pai.RunAsync("config", "set", "persona", "writer");

        Assert.Equal("persona: writer\n", _pai.Read(real));
        Assert.Equal(real, File.ResolveLinkTarget(_pai.Configuration, returnFinalTarget: true)!.FullName);
    }

    [Fact]
    public async Task Init_writes_the_file_once()
    {
        var first = await _pai.RunAsync("config", "init");
        var second = await _pai.RunAsync("config", "init");
        var path = await _pai.RunAsync("config", "path");

        Assert.Equal(new PaiResult(0, $"{_pai.Configuration}\n", ""), first);
        Assert.Equal(new PaiResult(2, "", $"pai: '{_pai.Configuration}' exists already: rename it first, or change one value with 'pai config set'.\n"), second);
        Assert.Equal(new PaiResult(0, $"{_pai.Configuration}\n", ""), path);
    }
}
