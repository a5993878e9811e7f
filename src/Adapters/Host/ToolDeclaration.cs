using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Tools;

namespace PersonalAi.Adapters.Host;

/// <summary>What a model must know of a tool, as it crosses the wire.</summary>
/// <param name="Name">The name by which it is called.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">The JSON schema of its arguments.</param>
internal sealed record ToolDeclaration(string Name, string Description, JsonElement Schema)
{
    /// <summary>The tools of a request; null where it has none.</summary>
    public static IReadOnlyList<ToolDeclaration>? Of(ChatOptions? options) => ToolOffer.Declared(options) is { Count: > 0 } tools
        ? [.. tools.Select(tool => new ToolDeclaration(tool.Name, tool.Description, tool.JsonSchema))]
        : null;

    /// <summary>A tool that can be offered, and not run.</summary>
    public AITool ToTool() => AIFunctionFactory.CreateDeclaration(Name, Description, Schema);
}
