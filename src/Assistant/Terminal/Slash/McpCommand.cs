using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Shows what the MCP servers offer to be typed into the chat.</summary>
/// <param name="servers">The servers.</param>
internal sealed class McpCommand(McpServers servers) : SlashCommand("mcp", "", "List the prompts and resources of your MCP servers: /server:prompt uses one, @server:uri in a message reads one")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        if (servers.Servers.Count == 0)
        {
            face.Say("There are no MCP servers; 'pai mcp add' adds one.");
        }

        foreach (var prompt in await servers.PromptsAsync(cancellationToken))
        {
            var arguments = string.Concat(prompt.Arguments.Select(given => given.IsRequired ? $" {given.Name}=..." : $" [{given.Name}=...]"));
            face.Say($"  /{prompt.Server}:{prompt.Name}{arguments}  {prompt.Description}");
        }

        foreach (var server in servers.Servers)
        {
            await SayResourcesAsync(face, server.Name, cancellationToken);
        }
    }

    private async Task SayResourcesAsync(ChatFace face, string server, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var resource in await servers.ResourcesAsync(server, cancellationToken))
            {
                face.Say($"  @{server}:{resource.Uri}  {resource.Name}");
            }
        }
        catch (McpServerException error)
        {
            face.Say(error.Message);
        }
    }
}
