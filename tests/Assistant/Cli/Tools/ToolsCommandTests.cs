using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Tools;

public sealed class ToolsCommandTests : IDisposable
{
    private readonly PaiSandbox _pai = new();
    private readonly string _root;

    public ToolsCommandTests()
    {
        _root = Path.GetDirectoryName(_pai.Write("granted/today.txt", "Buy milk.\n"))!;

        // The data folder itself is never granted.
        _pai.Environment["PAI_DATA"] = Path.Combine(_pai.Data, "data");
        _pai.Environment["PAI_TOOLS_ROOTS"] = _root;
    }

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task What_reads_runs_and_is_logged()
    {
        var called = await _pai.RunAsync("tools", "call", "read_file", "path=today.txt");
        var audit = await AuditAsync();

        Assert.Equal((0, ""), (called.ExitCode, called.Error));
        Assert.Contains("Buy milk.", called.Output, StringComparison.Ordinal);
        Assert.Equal("headless read_file built-in reads-local allow null it only reads on this machine succeeded", Assert.Single(audit));
    }

    [Fact]
    public async Task What_changes_is_denied_where_nobody_can_be_asked_unless_it_was_allowed()
    {
        string[] call = ["tools", "call", "write_file", "--args", "{\"path\": \"new.txt\", \"content\": \"Hello\"}"];

        var denied = await _pai.RunAsync(call);
        var allowed = await _pai.RunAsync([.. call, "--allow", $"write_file path={_root}/*"]);

        Assert.Equal(
            new PaiResult(3, "", "pai: The call of write_file did not run: it needs approval and nobody can be asked: it changes something on this machine; give --allow RULE to allow it.\n"),
            denied);
        Assert.Equal((0, "Hello"), (allowed.ExitCode, await File.ReadAllTextAsync(Path.Combine(_root, "new.txt"), TestContext.Current.CancellationToken)));
        Assert.Equal(
            [
                $"headless write_file built-in changes-local allow null the rule 'allow write_file path={_root}/*' says allow succeeded",
                "headless write_file built-in changes-local ask impossible nobody could be asked, though it changes something on this machine denied",
            ],
            await AuditAsync());
    }

    [Fact]
    public async Task A_denied_tool_is_listed_as_hidden_and_does_not_run()
    {
        await _pai.RunAsync("tools", "rules", "add", "deny", "read_file");

        var list = await _pai.RunAsync("tools");
        var called = await _pai.RunAsync("tools", "call", "read_file", "path=today.txt");

        Assert.Matches("\nread_file +reads-local +built-in +denied, and not shown to the model\n", list.Output);
        Assert.Equal(new PaiResult(3, "", "pai: The call of read_file did not run: your rule 'deny read_file' says deny.\n"), called);
    }

    [Fact]
    public async Task Rules_are_added_listed_and_taken_out_one_by_one()
    {
        var file = Path.Combine(_pai.Environment["PAI_DATA"], "config.yaml");
        _pai.Write("data/config.yaml", "tools:\n  # mine\n  rules:\n    - deny run_command  # never\n    - ask fetch_page\n");

        var added = await _pai.RunAsync("tools", "rules", "add", "allow read_file  path=~/notes/**");
        var again = await _pai.RunAsync("tools", "rules", "add", "allow read_file path=~/notes/**");
        var removed = await _pai.RunAsync("tools", "rules", "remove", "ask fetch_page");
        var absent = await _pai.RunAsync("tools", "rules", "remove", "ask fetch_page");
        var listed = await _pai.RunAsync("tools", "rules");

        Assert.Equal(new PaiResult(0, $"Added: allow read_file path=~/notes/** ({file})\n", ""), added);
        Assert.Equal($"Already there: allow read_file path=~/notes/** ({file})\n", again.Output);
        Assert.Equal($"Removed: ask fetch_page ({file})\n", removed.Output);
        Assert.Equal(new PaiResult(2, "", $"pai: There is no rule 'ask fetch_page' in '{file}'; 'pai tools rules' lists those in force.\n"), absent);
        Assert.Equal("deny run_command\nallow read_file path=~/notes/**\n", listed.Output);
        Assert.Equal("tools:\n  # mine\n  rules:\n    - deny run_command  # never\n    - 'allow read_file path=~/notes/**'\n", _pai.Read("data/config.yaml"));
    }

    [Fact]
    public async Task A_wrong_rule_is_refused_with_the_word_that_is_wrong()
    {
        var added = await _pai.RunAsync("tools", "rules", "add", "deny risk:high");
        var allowed = await _pai.RunAsync("ask", "Hello", "--allow", "fetch_page host=a*b");
        _pai.Environment["PAI_TOOLS_RULES"] = "['deny x', 'permit y']";
        var configured = await _pai.RunAsync("config");

        Assert.Equal(new PaiResult(2, "", "pai: 'risk:high' in the rule 'deny risk:high' is not a risk; there are reads-local, changes-local, leaves-machine.\n"), added);
        Assert.Equal(
            new PaiResult(2, "", "pai: 'host=a*b' in the rule 'allow fetch_page host=a*b' is not a pattern of hosts; give a host, *. and a host, or * alone.\n"), allowed);
        Assert.Equal(new PaiResult(2, "", "pai: PAI_TOOLS_RULES: 'permit' in the rule 'permit y' is not a decision; begin with allow, ask or deny.\n"), configured);
    }

    [Fact]
    public async Task A_tool_shows_what_it_takes_and_which_rules_speak_of_it()
    {
        await _pai.RunAsync("tools", "rules", "add", $"ask read_file path={_root}/private/**");

        var shown = await _pai.RunAsync("tools", "show", "read_file");
        var json = JsonDocument.Parse((await _pai.RunAsync("tools", "show", "read_file", "--json")).Output).RootElement;

        Assert.StartsWith("read_file: Reads a text file.\nsource: built-in\nrisk: reads-local\nresults: words of others, which are not trusted\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"calls: allowed, but for a rule, since it only reads on this machine\nrule: ask read_file path={_root}/private/**\nschema:\n", shown.Output, StringComparison.Ordinal);
        Assert.Equal(("read_file", "allow", false), (json.GetProperty("id").GetString(), json.GetProperty("decision").GetString(), json.GetProperty("hidden").GetBoolean()));
    }

    [Fact]
    public async Task Wrong_arguments_and_unknown_tools_are_usage_errors()
    {
        var unknown = await _pai.RunAsync("tools", "call", "read_fil");
        var invalid = await _pai.RunAsync("tools", "call", "read_file", "colour=red");
        var word = await _pai.RunAsync("tools", "call", "read_file", "today.txt");
        var json = await _pai.RunAsync("tools", "call", "read_file", "--args", "[1]");

        Assert.Equal(new PaiResult(2, "", "pai: 'read_fil' is not a tool; did you mean 'read_file'?\n"), unknown);
        Assert.Equal(2, invalid.ExitCode);
        Assert.Equal(new PaiResult(2, "", "pai: 'today.txt' is not KEY=VALUE; see 'pai tools show read_file'.\n"), word);
        Assert.Equal(new PaiResult(2, "", "pai: '--args' takes a JSON object, in braces.\n"), json);
    }

    [Fact]
    public async Task A_tool_that_fails_says_why_and_the_exit_code_tells()
    {
        var result = await _pai.RunAsync("tools", "call", "read_file", "path=absent.txt");

        Assert.Equal((4, ""), (result.ExitCode, result.Output));
        Assert.Contains("absent.txt", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_log_says_so()
    {
        var result = await _pai.RunAsync("tools", "audit");

        Assert.Equal(new PaiResult(0, "", "No tool has been called yet.\n"), result);
    }

    private async Task<List<string>> AuditAsync()
    {
        var json = JsonDocument.Parse((await _pai.RunAsync("tools", "audit", "--json")).Output).RootElement;
        string[] columns = ["face", "tool", "source", "risk", "decision", "approval", "reason", "status"];
        return [.. json.EnumerateArray().Select(call => string.Join(' ', columns.Select(column => call.GetProperty(column).ToString() is { Length: > 0 } text ? text : "null")))];
    }
}
