using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace PersonalAi.Tools;

/// <summary>Makes functions for tools of methods; <see cref="System.ComponentModel.DescriptionAttribute"/> explains them to the model.</summary>
public static class ToolFunction
{
    private static readonly AIJsonSchemaCreateOptions Schemas = new()
    {
        TransformSchemaNode = (_, node) => WithRange(node),
        TransformOptions = new AIJsonSchemaTransformOptions { DisallowAdditionalProperties = true },
    };

    /// <summary>A function of that name.</summary>
    /// <param name="name">What the model calls; lower case with underscores.</param>
    /// <param name="description">What it does and when to use it, in a sentence or two: it stands in the prompt.</param>
    /// <param name="method">Does it; a <see cref="CancellationToken"/> among its parameters is not shown to the model.</param>
    public static AIFunction Create(string name, string description, Delegate method) => AIFunctionFactory.Create(method, new AIFunctionFactoryOptions
    {
        Name = name,
        Description = description,
        JsonSchemaCreateOptions = Schemas,
        ExcludeResultSchema = true,
        MarshalResult = (result, _, _) => ValueTask.FromResult(result),
    });

    // The generator writes "integer" and no range, so that a number could be asked for that the parameter cannot hold.
    private static JsonNode WithRange(JsonNode node)
    {
        if (node is JsonObject { } schema && schema["type"] is JsonValue type && type.TryGetValue(out string? name) && name == "integer" && !schema.ContainsKey("minimum"))
        {
            schema["minimum"] = int.MinValue;
            schema["maximum"] = int.MaxValue;
        }

        return node;
    }
}
