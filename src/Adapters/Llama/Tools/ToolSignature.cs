using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>A tool in one line, as short as a small model needs it: <c>- read_file(path: string, from_line?: integer): Reads a file.</c></summary>
internal static class ToolSignature
{
    private const int MostDescription = 120;
    private const int MostChoices = 8;

    public static string Of(AIFunctionDeclaration tool)
    {
        var parameters = string.Join(", ", Parameters(tool.JsonSchema));
        return $"- {tool.Name}({parameters}): {Short(tool.Description)}";
    }

    /// <summary>The tool as a call of it looks, with dots for what must be given: <c>read_file {"path": "..."}</c>.</summary>
    public static string Example(AIFunctionDeclaration tool)
    {
        var required = Parameters(tool.JsonSchema).Select(parameter => parameter.Split(": ", 2)).Where(parameter => !parameter[0].EndsWith('?'));
        return $"{tool.Name} {{{string.Join(", ", required.Select(parameter => $"\"{parameter[0]}\": {(parameter[1] is "integer" or "number" ? "1" : "\"...\"")}"))}}}";
    }

    private static IEnumerable<string> Parameters(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var required = schema.TryGetProperty("required", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()).ToHashSet()
            : [];
        return properties.EnumerateObject().Select(property => $"{property.Name}{(required.Contains(property.Name) ? "" : "?")}: {TypeOf(property.Value)}");
    }

    private static string TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return "any";
        }

        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() <= MostChoices)
        {
            return string.Join('|', values.EnumerateArray().Select(value => value.GetRawText()));
        }

        var type = schema.TryGetProperty("type", out var named) ? NameOf(named) : "any";
        return type switch
        {
            "array" => $"{(schema.TryGetProperty("items", out var items) ? TypeOf(items) : "any")}[]",
            "object" when Parameters(schema).ToList() is { Count: > 0 } inner => $"{{{string.Join(", ", inner)}}}",
            _ => type,
        };
    }

    private static string NameOf(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => type.GetString()!,
        JsonValueKind.Array => string.Join('|', type.EnumerateArray().Select(one => one.ToString()).Where(one => one != "null")),
        _ => "any",
    };

    private static string Short(string description)
    {
        var line = description.ReplaceLineEndings(" ").Trim();
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        var sentence = end < 0 ? line : line[..(end + 1)];
        return sentence.Length <= MostDescription ? sentence : $"{sentence[..MostDescription].TrimEnd()}...";
    }
}
