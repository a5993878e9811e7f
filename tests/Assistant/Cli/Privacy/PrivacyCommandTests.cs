using System.Text.Json;
using PersonalAi.Assistant.Privacy;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Privacy;

public sealed class PrivacyCommandTests : IDisposable
{
    private readonly PaiSandbox _pai = new();

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task Where_nothing_was_opened_all_ways_out_are_closed()
    {
        var result = await _pai.RunAsync("privacy");

        GoldenFile.Matches("privacy-status.txt", result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task The_status_names_what_is_open()
    {
        _pai.Environment["PAI_FRONTIER_CONSENT"] = "ask";
        _pai.Environment["PAI_FRONTIER_MODEL"] = "openai/gpt-4o";
        _pai.Write("mcp.json", """{"mcpServers": {"notes": {"url": "https://notes.example/mcp"}}}""");

        var text = await _pai.RunAsync("privacy", "status");
        var json = JsonElement.Parse((await _pai.RunAsync("privacy", "status", "--json")).Output);

        Assert.Contains("openai/gpt-4o, with your yes to each packet", text.Output, StringComparison.Ordinal);
        Assert.Contains("notes at notes.example", text.Output, StringComparison.Ordinal);
        Assert.Equal(("ask", "openai/gpt-4o", "frontier", false), (json.GetProperty("consent").GetString(), json.GetProperty("model").GetString(), json.GetProperty("class").GetString(), json.GetProperty("telemetry").GetBoolean()));
    }

    [Fact]
    public async Task The_policy_speaks_of_every_purpose()
    {
        var json = JsonElement.Parse((await _pai.RunAsync("privacy", "policy", "--json")).Output);

        Assert.Equal(Enum.GetValues<EgressPurpose>().Length, json.GetArrayLength());
        Assert.Equal(Enum.GetValues<EgressPurpose>().Order(), EgressPolicy.All.Select(policy => policy.Purpose).Order());
    }

    [Fact]
    public async Task An_empty_ledger_is_said_to_be_empty()
    {
        Assert.Equal(new PaiResult(0, "", "Nothing has left this machine.\n"), await _pai.RunAsync("privacy", "log"));
        Assert.Equal(new PaiResult(0, "The ledger is empty: nothing has left this machine.\n", ""), await _pai.RunAsync("privacy", "verify"));
    }

    [Fact]
    public async Task A_ledger_that_was_edited_fails_the_check()
    {
        _pai.Write("egress.jsonl", "{\"number\":1}\n");
        _pai.Write("egress.head", "{\"Number\":1,\"Hash\":\"00\"}");

        var result = await _pai.RunAsync("privacy", "verify");

        Assert.Equal((7, "The ledger is not whole. Entry 1 is missing at the end, or changed. 0 entries before that are as written.\n1 line cut off by a crash while being written; the chain goes on around it.\n"), (result.ExitCode, result.Output));
    }
}
