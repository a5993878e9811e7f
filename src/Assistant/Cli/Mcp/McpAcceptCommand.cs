using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Lets the model use the tools of an MCP server as they are now.</summary>
internal sealed class McpAcceptCommand : PaiCommand
{
    private readonly McpServerArgument _server = new();
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public McpAcceptCommand() : base("accept", "Show which tools of an MCP server are new or have changed, and let the model use them.",
        "pai mcp accept notes",
        "pai mcp accept notes --yes                   # in a script; look at 'pai mcp test notes' first")
    {
        Add(_server);
        Add(_yes);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var inspection = await McpAcceptance.InspectAsync(pai, arguments.GetRequiredValue(_server), cancellationToken);
        return await McpAcceptance.OfferAsync(pai, inspection, arguments, _yes, arguments.GetValue(_json), cancellationToken) ? ExitCode.Done : ExitCode.Denied;
    }
}
