using System.CommandLine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Takes an MCP server out of the file, and what was accepted of it.</summary>
internal sealed class McpRemoveCommand : PaiCommand
{
    private readonly McpServerArgument _server = new();
    private readonly JsonOption _json = new();

    public McpRemoveCommand() : base("remove", "Take an MCP server out of mcp.json; everything else in the file stays as it is.", "pai mcp remove notes")
    {
        Add(_server);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var place = pai.McpPlace();
        var configuration = McpConfiguration.Load(place.Configuration);
        var server = configuration.Find(arguments.GetRequiredValue(_server));
        var accepted = McpLock.Load(place.Lock);
        await AtomicFile.WriteAsync(place.Configuration, configuration.Without(server.Name), cancellationToken);
        if (accepted.Knows(server.Name))
        {
            await AtomicFile.WriteAsync(place.Lock, accepted.Without(server.Name).ToString(), cancellationToken);
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(McpServerJson.From(server, accepted));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"Removed '{server.Name}'.");
        }

        return ExitCode.Done;
    }
}
