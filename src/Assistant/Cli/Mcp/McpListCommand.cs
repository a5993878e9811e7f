using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tools.Mcp;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Lists the MCP servers that were entered; starts none of them.</summary>
internal sealed class McpListCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public McpListCommand() : base("list", "List the MCP servers that were entered; none is started.", "pai mcp list --json") => Add(_json);

    public static async Task<ExitCode> WriteAsync(Composition pai, bool json)
    {
        var servers = McpConfiguration.Load(pai.McpPlace().Configuration).Servers;
        var accepted = McpLock.Load(pai.McpPlace().Lock);
        if (json)
        {
            pai.Console.Output.WriteJson(servers.Select(server => McpServerJson.From(server, accepted)));
        }
        else if (servers.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync("There are no MCP servers; 'pai mcp add --help' shows how to add one.");
        }
        else
        {
            pai.Console.Output.WriteTable([["SERVER", "TOOLS", "RISK", "STARTS OR REACHES"], .. servers.Select(server => Row(server, accepted))]);
        }

        return ExitCode.Done;
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) => WriteAsync(pai, arguments.GetValue(_json));

    private static string[] Row(McpServerEntry server, McpLock accepted) =>
        [server.Name, State(server, accepted), server.Risk.ToWord(), TerminalText.OneLine(server.Target)];

    private static string State(McpServerEntry server, McpLock accepted) => (server.IsDisabled, accepted.Knows(server.Name)) switch
    {
        (true, _) => "disabled",
        (_, true) => $"{accepted.Review(server.Name, []).Count} accepted",
        _ => "not accepted",
    };
}
