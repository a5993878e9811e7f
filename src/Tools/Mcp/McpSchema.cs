using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace PersonalAi.Tools.Mcp;

/// <summary>Makes the schemas of servers' tools fit to be shown and to be checked against.</summary>
internal static class McpSchema
{
    private const int LongestSchema = 32_000;
    private const int LongestText = 200;

    /// <summary>Why a schema cannot be used; null where it can.</summary>
    public static async Task<string?> ProblemAsync(JsonElement schema, CancellationToken cancellationToken = default)
    {
        if (schema.ValueKind != JsonValueKind.Object || schema.GetRawText().Length > LongestSchema)
        {
            return "the schema of its arguments is too long";
        }

        // The validator would fetch it, past every gate.
        if (RefersElsewhere(schema))
        {
            return "the schema of its arguments refers to another file or address";
        }

        try
        {
            await JsonSchema.FromJsonAsync(schema.GetRawText(), cancellationToken);
            return null;
        }
#pragma warning disable CA1031 // Whatever the validator throws at a schema that somebody else wrote, the tool is left out.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return "the schema of its arguments cannot be read";
        }
    }

    /// <summary>The schema with its explanations cleaned and cut.</summary>
    public static JsonElement Cleaned(JsonElement schema)
    {
        var copy = JsonNode.Parse(schema.GetRawText())!;
        Clean(copy);
        return JsonSerializer.SerializeToElement(copy);
    }

    private static bool RefersElsewhere(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().Any(property => IsReferenceElsewhere(property) || RefersElsewhere(property.Value)),
        JsonValueKind.Array => schema.EnumerateArray().Any(RefersElsewhere),
        _ => false,
    };

    private static bool IsReferenceElsewhere(JsonProperty property) =>
        property.Name is "$ref" or "$dynamicRef" or "$recursiveRef" && property.Value.ValueKind == JsonValueKind.String && !property.Value.GetString()!.StartsWith('#');

    private static void Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject schema:
                foreach (var key in schema.Select(property => property.Key).ToList())
                {
                    if (key is "description" or "title" && schema[key] is JsonValue value && value.TryGetValue(out string? text))
                    {
                        schema[key] = UntrustedText.Line(text, LongestText);
                    }
                    else
                    {
                        Clean(schema[key]);
                    }
                }

                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    Clean(item);
                }

                break;
        }
    }
}
