using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Lists the MCP servers; adds, tests, accepts and removes them.</summary>
internal sealed class McpCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public McpCommand() : base("mcp", "List the MCP servers; add, test, accept or remove one; serve your memory to other programs.",
        "pai mcp add notes -- npx -y @modelcontextprotocol/server-filesystem ~/notes",
        "pai mcp test notes                           # starts it, and shows what it offers",
        "pai mcp accept notes                         # shows what has changed, and lets the model use it")
    {
        Add(_json);
        Add(new McpListCommand());
        Add(new McpAddCommand());
        Add(new McpTestCommand());
        Add(new McpAcceptCommand());
        Add(new McpRemoveCommand());
        Add(new McpServeCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        McpListCommand.WriteAsync(pai, arguments.GetValue(_json));
}
