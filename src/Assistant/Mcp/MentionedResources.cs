using PersonalAi.Assistant.Chat;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Mcp;

/// <summary>Puts the resources that a message names as <c>@server:uri</c> behind it.</summary>
/// <param name="servers">The MCP servers.</param>
internal sealed class MentionedResources(McpServers servers)
{
    /// <summary>The message with them.</summary>
    /// <exception cref="McpServerException">A server cannot be reached, or has no such thing: nothing is to be sent then.</exception>
    public async Task<UserMessage> ReadAsync(UserMessage message, CancellationToken cancellationToken = default)
    {
        foreach (var mention in McpMention.In(message.Text[..(message.OwnLength ?? message.Text.Length)], servers.Servers.Select(server => server.Name)))
        {
            var resource = await servers.ReadResourceAsync(mention.Server, mention.Uri, cancellationToken);
            message = message.With($"[{mention.Uri}]\n{resource.Text}", resource.Origin);
        }

        return message;
    }
}
