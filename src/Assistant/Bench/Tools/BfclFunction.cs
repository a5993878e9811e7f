using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace PersonalAi.Assistant.Bench.Tools;

/// <summary>A function of the leaderboard, whose parameters are described with Python's names of types.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Parameters">The description of its parameters.</param>
internal sealed record BfclFunction(string Name, string Description, JsonElement Parameters)
{
    private static readonly ImmutableDictionary<string, string?> JsonTypes = new Dictionary<string, string?>
    {
        ["dict"] = "object",
        ["float"] = "number",
        ["tuple"] = "array",
        ["any"] = null,
    }.ToImmutableDictionary();

    /// <summary>The parameters that must be given.</summary>
    public ImmutableArray<string> Required => Parameters.TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [];

    /// <summary>The function as a model is offered it.</summary>
    public AIFunctionDeclaration Declare() =>
        AIFunctionFactory.CreateDeclaration(Name, Description, JsonSerializer.SerializeToElement(SchemaOf(Parameters)));

    /// <summary>The description of a parameter; null where there is none of that name.</summary>
    public JsonElement? Parameter(string name) =>
        Parameters.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var parameter) ? parameter : null;

    // Defaults and "optional" are notes for people.
    private static JsonObject SchemaOf(JsonElement described)
    {
        var schema = new JsonObject();
        foreach (var (keyword, value) in described.EnumerateObject().Select(member => (member.Name, member.Value)))
        {
            switch (keyword)
            {
                case "type":
                    AddType(schema, value.GetString()!);
                    break;
                case "properties":
                    schema[keyword] = new JsonObject(value.EnumerateObject().Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, SchemaOf(property.Value))));
                    break;
                case "items":
                    schema[keyword] = SchemaOf(value);
                    break;
                case "description" or "enum" or "required":
                    schema[keyword] = JsonNode.Parse(value.GetRawText());
                    break;
            }
        }

        return schema;
    }

    private static void AddType(JsonObject schema, string type)
    {
        if (JsonTypes.GetValueOrDefault(type, type) is { } name)
        {
            schema["type"] = name;
        }
    }
}
