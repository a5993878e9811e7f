using PersonalAi.Tools.Mcp;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>An MCP server as <c>--json</c> prints it; values of variables and headers are not.</summary>
internal sealed record McpServerJson(
    string Id, string? Command, IReadOnlyList<string> Args, string? Url, IEnumerable<string> Env, IEnumerable<string> Headers, string Risk, bool Disabled, int? AcceptedTools)
{
    public static McpServerJson From(McpServerEntry server, McpLock accepted) => new(
        server.Name,
        server.Command,
        server.Arguments,
        server.Url?.ToString(),
        server.Environment.Keys,
        server.Headers.Keys,
        server.Risk.ToWord(),
        server.IsDisabled,
        accepted.Knows(server.Name) ? accepted.Review(server.Name, []).Count : null);
}

/// <summary>What an MCP server offers as <c>--json</c> prints it.</summary>
internal sealed record McpInspectionJson(string Id, string Name, string Version, string Protocol, double Milliseconds, bool Accepted, IEnumerable<McpToolJson> Tools)
{
    public static McpInspectionJson From(McpInspection inspection, bool isAccepted) => new(
        inspection.Server.Name,
        inspection.Name,
        inspection.Version,
        inspection.Protocol,
        Math.Round(inspection.Elapsed.TotalMilliseconds, 1),
        isAccepted,
        inspection.Tools.Select(tool => new McpToolJson(tool.Tool, tool.State.ToJsonName(), tool.Now?.Sha256, tool.State == McpState.Accepted ? [] : tool.Differences())));
}

/// <summary>A tool of an MCP server as <c>--json</c> prints it.</summary>
internal sealed record McpToolJson(string Name, string State, string? Sha256, IReadOnlyList<string> Differences);
