using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Starts an MCP server and shows what it offers.</summary>
internal sealed class McpTestCommand : PaiCommand
{
    private readonly McpServerArgument _server = new();
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public McpTestCommand() : base("test", "Start an MCP server, show its version and its tools, and let you accept them.",
        "pai mcp test notes",
        "pai mcp test notes --json                    # accepts nothing unless --yes is given")
    {
        Add(_server);
        Add(_yes);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var inspection = await McpAcceptance.InspectAsync(pai, arguments.GetRequiredValue(_server), cancellationToken);
        await McpAcceptance.OfferAsync(pai, inspection, arguments, _yes, arguments.GetValue(_json), cancellationToken);
        return ExitCode.Done;
    }
}
