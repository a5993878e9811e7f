using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Mcp;

public sealed class McpCommandTests : IDisposable
{
    private static readonly string Server = NodePackages.Path("@modelcontextprotocol/server-memory", "dist", "index.js");

    private readonly PaiSandbox _pai = new();

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task A_server_that_was_added_and_accepted_gives_its_tools_until_it_is_removed()
    {
        var added = await _pai.RunAsync("mcp", "add", "graph", "--yes", "--json", "--", NodePackages.Node, Server);
        var listed = await _pai.RunAsync("mcp", "list");
        var tools = await _pai.RunAsync("tools", "list");
        var removed = await _pai.RunAsync("mcp", "remove", "graph");
        var after = await _pai.RunAsync("mcp");

        var json = JsonDocument.Parse(added.Output).RootElement;
        Assert.Equal((0, "graph", "memory-server", true), (added.ExitCode, Text(json, "id"), Text(json, "name"), json.GetProperty("accepted").GetBoolean()));
        Assert.Equal($"SERVER  TOOLS       RISK            STARTS OR REACHES\ngraph   9 accepted  leaves-machine  {NodePackages.Node} {Server}\n", listed.Output);
        Assert.Contains("\ngraph_search_nodes", tools.Output, StringComparison.Ordinal);
        Assert.Equal((0, "Removed 'graph'.\n"), (removed.ExitCode, removed.Output));
        Assert.Equal("There are no MCP servers; 'pai mcp add --help' shows how to add one.\n", after.Error);
        Assert.DoesNotContain("graph", _pai.Read("mcp.lock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_accepted()
    {
        var added = await _pai.RunAsync("mcp", "add", "graph", "--", NodePackages.Node, Server);
        var accepted = await _pai.RunAsync("mcp", "accept", "graph");
        var tools = await _pai.RunAsync("tools", "list");

        Assert.Equal((0, 3), (added.ExitCode, accepted.ExitCode));
        Assert.EndsWith("The model is not shown what was not accepted; 'pai mcp accept graph' accepts it.\n", added.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("graph_", tools.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_has_changed_is_shown_with_its_differences_and_accepted_anew()
    {
        await _pai.RunAsync("mcp", "add", "graph", "--yes", "--json", "--", NodePackages.Node, Server);
        // As if the server had been another when it was accepted.
        var before = JsonDocument.Parse(_pai.Read("mcp.lock")).RootElement.GetProperty("servers").GetProperty("graph").GetProperty("tools").GetProperty("read_graph").GetProperty("sha256").GetString()!;
        _pai.Write("mcp.lock", _pai.Read("mcp.lock").Replace(before, new string('0', 64), StringComparison.Ordinal).Replace("Read the entire knowledge graph", "Read a little", StringComparison.Ordinal));

        var tested = await _pai.RunAsync("mcp", "test", "graph");
        var tools = await _pai.RunAsync("tools", "list");
        var accepted = await _pai.RunAsync("mcp", "accept", "graph", "--yes");
        var again = await _pai.RunAsync("mcp", "test", "graph", "--json");

        Assert.Contains("changed   read_graph\n", tested.Output, StringComparison.Ordinal);
        Assert.Contains("    -   \"description\": \"Read a little\",\n    +   \"description\": \"Read the entire knowledge graph\",\n", tested.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("graph_read_graph", tools.Output, StringComparison.Ordinal);
        Assert.Contains("graph_search_nodes", tools.Output, StringComparison.Ordinal);
        Assert.Equal((0, "The tools of 'graph' are accepted as they are; the model is shown these and no others.\n"), (accepted.ExitCode, accepted.Error));
        Assert.True(JsonDocument.Parse(again.Output).RootElement.GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public async Task An_address_that_stands_in_the_file_is_not_connected_to_before_it_is_accepted()
    {
        await using var server = new ModelServer(_ => ServedAnswer.Text(404, ""));
        _pai.Write("mcp.json", $$"""{"mcpServers": {"wiki": {"url": "{{server.Address}}"} } }""");

        var tools = await _pai.RunAsync("tools", "list");
        var before = server.Requests.Count;
        await _pai.RunAsync("mcp", "test", "wiki");

        Assert.Equal((0, 0), (tools.ExitCode, before));
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public async Task A_server_that_cannot_be_started_stays_entered_and_is_told_of()
    {
        var result = await _pai.RunAsync("mcp", "add", "none", "--", "/no/such/program");
        var tools = await _pai.RunAsync("tools", "list");

        Assert.Equal(8, result.ExitCode);
        Assert.Contains("pai: The MCP server 'none' cannot be used: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, tools.ExitCode);
    }

    [Theory]
    [InlineData("The MCP server 'x' needs either a program after '--' or an address after '--url'.", "x")]
    [InlineData("The MCP server 'x' has the address 'ftp://a', which is not one of 'https'.", "x", "--url", "ftp://a")]
    [InlineData("'A' is not possible for --env; write NAME=VALUE.", "x", "--env", "A", "--", "run")]
    [InlineData("'A' is given twice for --env; give it once.", "x", "--env", "A=1", "--env", "A=2", "--", "run")]
    [InlineData("There is no MCP server 'y'; 'pai mcp list' shows those that there are.", "y", "test")]
    public async Task What_cannot_be_meant_is_refused_in_a_sentence(string message, params string[] words)
    {
        var result = await _pai.RunAsync(words is [var name, "test"] ? ["mcp", "test", name] : ["mcp", "add", .. words]);

        Assert.Equal((2, $"pai: {message}\n"), (result.ExitCode, result.Error));
        Assert.False(File.Exists(Path.Combine(_pai.Data, "mcp.json")));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
