using PersonalAi.Tools;
using PersonalAi.Tools.Mcp;
using Xunit;

namespace PersonalAi.Tests.Tools.Mcp;

public sealed class McpConfigurationTests
{
    private const string Commented =
        """
        {
          // Mine.
          "theme": "dark",
          "mcpServers": {
            "files": { "command": "files-mcp", "args": ["-v"], "alwaysAllow": ["x"], "risk": "reads-local" }, // keep
            "wiki": { "type": "http", "url": "https://wiki.example.org/mcp", "tools": { "edit": { "risk": "changes-local" } }, "disabled": true },
          },
        }
        """;

    [Fact]
    public void The_shape_that_clients_share_is_read_with_its_comments()
    {
        var servers = Parse(Commented).Servers;

        Assert.Equal(["files files-mcp -v ReadsLocal False", "wiki https://wiki.example.org/mcp LeavesMachine True"],
            servers.Select(server => $"{server.Name} {server.Target} {server.Risk} {server.IsDisabled}"));
        Assert.Equal(ToolRisk.ChangesLocal, servers[1].RiskOf("edit"));
    }

    [Fact]
    public void A_server_that_is_added_leaves_everything_else_as_it_is()
    {
        var text = Parse(Commented).With(new McpServerEntry("new") { Command = "run", Arguments = ["it"], Environment = new Dictionary<string, string> { ["A"] = "${env:A}" } });

        Assert.Equal(
            Commented.Replace(
                "\"mcpServers\": {\n",
                """
                "mcpServers": {
                    "new": {
                      "command": "run",
                      "args": [
                        "it"
                      ],
                      "env": {
                        "A": "${env:A}"
                      }
                    },

                """,
                StringComparison.Ordinal),
            text);
        Assert.Equal(["new", "files", "wiki"], Parse(text).Servers.Select(server => server.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"other": 1}""")]
    [InlineData("""{"mcpServers": {}}""")]
    public void A_server_can_be_added_to_any_file_and_removed_again(string text)
    {
        var added = Parse(text).With(new McpServerEntry("new") { Url = new Uri("https://example.org/mcp") });
        var removed = Parse(added).Without("new");

        Assert.Equal("https://example.org/mcp", Assert.Single(Parse(added).Servers).Target);
        Assert.Empty(Parse(removed).Servers);
    }

    [Theory]
    [InlineData("files")]
    [InlineData("wiki")]
    public void A_server_that_is_removed_takes_nothing_else_with_it(string name)
    {
        var text = Parse(Commented).Without(name);

        Assert.Equal(name == "files" ? ["wiki"] : ["files"], Parse(text).Servers.Select(server => server.Name));
        Assert.Contains("\"theme\": \"dark\"", text, StringComparison.Ordinal);
        Assert.Contains("// keep", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"mcpServers\": {\n    \"a\" 1\n", "The file 'mcp.json' is not JSON: line 3, character 9.")]
    [InlineData("[]", """The file 'mcp.json' cannot be used: it must hold an object, {"mcpServers": {...}}.""")]
    [InlineData("""{"mcpServers": {"a": {}}}""", "The file 'mcp.json' cannot be used: the MCP server 'a' needs either a 'command' or a 'url'.")]
    [InlineData("""{"mcpServers": {"a": {"command": "x", "args": "y"}}}""", "The file 'mcp.json' cannot be used: the MCP server 'a' needs a list of texts for 'args'.")]
    [InlineData("""{"mcpServers": {"a": {"command": "x", "risk": "none"}}}""", "The file 'mcp.json' cannot be used: the MCP server 'a' has the risk 'none'; write 'reads-local', 'changes-local' or 'leaves-machine'.")]
    [InlineData("""{"mcpServers": {"a": {"command": "x"}, "a": {"command": "y"}}}""", "The file 'mcp.json' cannot be used: 'a' stands twice in 'mcpServers'.")]
    [InlineData("""{"mcpServers": {"a": {"url": "http://example.org/"}}}""", "The file 'mcp.json' cannot be used: the MCP server 'a' has the address 'http://example.org/', where others could read along; use 'https'.")]
    [InlineData("""{"mcpServers": {"a": {"url": "https://me:pw@example.org/"}}}""", "The file 'mcp.json' cannot be used: the MCP server 'a' has a name or password in its address; use a header with a reference to a secret.")]
    public void A_file_that_cannot_be_used_is_refused_in_a_sentence(string text, string message)
    {
        var error = Assert.Throws<McpServerException>(() => Parse(text));

        Assert.Equal((McpFault.Entry, message), (error.Fault, error.Message));
    }

    [Theory]
    [InlineData("files", "There is an MCP server 'files' already; remove it first, or use another name.")]
    [InlineData("a b", "An MCP server cannot be called 'a b'; use up to 32 letters, digits, '-' and '_'.")]
    public void A_name_that_is_taken_or_not_possible_is_refused(string name, string message)
    {
        var error = Assert.Throws<McpServerException>(() => Parse(Commented).With(new McpServerEntry(name) { Command = "x" }));

        Assert.Equal(message, error.Message);
    }

    private static McpConfiguration Parse(string text) => McpConfiguration.Parse("mcp.json", text);
}
