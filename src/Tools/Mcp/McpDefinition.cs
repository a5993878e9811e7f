using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace PersonalAi.Tools.Mcp;

/// <summary>What a server says of one of its tools: everything that a model is told or that a program acts on.</summary>
/// <param name="Name">The name that the server gives it.</param>
/// <param name="Json">The definition in one spelling.</param>
public sealed record McpDefinition(string Name, string Json)
{
    private static readonly string[] Parts = ["name", "title", "description", "inputSchema", "outputSchema", "annotations"];

    /// <summary>Tells it from every other definition.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));

    internal static McpDefinition From(ModelContextProtocol.Protocol.Tool tool)
    {
        var whole = JsonSerializer.SerializeToNode(tool, McpJsonUtilities.DefaultOptions)!.AsObject();
        var parts = new JsonObject(Parts.Where(whole.ContainsKey).Select(part => KeyValuePair.Create(part, whole[part]?.DeepClone())));
        return new McpDefinition(tool.Name, CanonicalJson.Of(JsonSerializer.SerializeToElement(parts)));
    }
}
