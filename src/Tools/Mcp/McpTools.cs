using System.Text.Json;

namespace PersonalAi.Tools.Mcp;

/// <summary>Makes tools of what servers offer.</summary>
internal static class McpTools
{
    private const int LongestDescription = 300;

    /// <summary>Why a model cannot be given a tool; null where it can.</summary>
    public static Task<string?> ProblemAsync(McpDefinition definition, CancellationToken cancellationToken = default)
    {
        using var document = JsonDocument.Parse(definition.Json);
        return McpSchema.ProblemAsync(document.RootElement.GetProperty("inputSchema").Clone(), cancellationToken);
    }

    /// <summary>The tool. Its risk is the user's word: what a server claims of its tools is not believed.</summary>
    public static Tool Create(McpConnection connection, McpDefinition definition, string name)
    {
        using var document = JsonDocument.Parse(definition.Json);
        var entry = connection.Entry;
        var description = UntrustedText.Line(document.RootElement.TryGetProperty("description", out var text) ? text.GetString() : "", LongestDescription);
        var schema = McpSchema.Cleaned(document.RootElement.GetProperty("inputSchema"));
        var reach = entry.Url is { } url ? new ToolReach([], [url.Host]) : ToolReach.None;
        return new Tool(new McpFunction(connection, definition, name, description, schema), entry.RiskOf(definition.Name), ToolTrust.Untrusted)
        {
            Source = entry.Name,
            ReachOf = _ => reach,
            OriginOf = _ => $"a result of {name}, of the MCP server {entry.Name}",
        };
    }
}
