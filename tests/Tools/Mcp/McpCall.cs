using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Tools;

namespace PersonalAi.Tests.Tools.Mcp;

/// <summary>Calls tools of MCP servers, without policy and limits.</summary>
internal static class McpCall
{
    /// <summary>What the server answers.</summary>
    public static async Task<string?> CallTextAsync(this Tool tool, object arguments) =>
        (string?)await tool.Function.InvokeAsync(new AIFunctionArguments(JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(one => one.Name, one => (object?)one.Value)));
}
