using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>A tool as models are trained to be told of it: the function object of OpenAI's interface, in one line.</summary>
internal static class ToolDefinition
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The definition of a tool.</summary>
    public static string Of(AIFunctionDeclaration tool) => new JsonObject
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
        },
    }.ToJsonString(OneLine);
}
