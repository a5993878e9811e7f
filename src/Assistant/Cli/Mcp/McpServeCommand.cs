using System.CommandLine;
using ModelContextProtocol.Server;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Offers the memory to another program over standard input and output, which hold nothing but the protocol.</summary>
internal sealed class McpServeCommand : PaiCommand
{
    public McpServeCommand() : base("serve", "Offer your memory, documents and sessions to another program, as an MCP server on standard input and output.",
        "pai mcp serve                                # what another program starts: {\"command\": \"pai\", \"args\": [\"mcp\", \"serve\"]}",
        "pai tools rules add \"deny memory_propose face:mcp\"    # other programs propose nothing")
    {
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var options = (await pai.MemoryServerAsync(cancellationToken)).Options();
        await using var transport = new StdioServerTransport(options);
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync(cancellationToken);
        return ExitCode.Done;
    }
}
