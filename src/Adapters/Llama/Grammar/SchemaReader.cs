using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Reads schemas into facts, following <c>$ref</c> and <c>allOf</c>, and refuses by name what a grammar cannot hold.</summary>
internal sealed class SchemaReader(SchemaDocument document)
{
    private const int MaxNesting = 100;

    /// <summary>What all these schemas say together.</summary>
    public SchemaFacts Read(IEnumerable<LocatedSchema> schemas)
    {
        var facts = new SchemaFacts();
        foreach (var schema in schemas)
        {
            Read(schema, facts);
        }

        return facts;
    }

    /// <summary>The facts of a value that takes one alternative of its choice.</summary>
    public SchemaFacts Decide(SchemaFacts facts, SchemaChoice choice, LocatedSchema alternative)
    {
        var decided = facts.Copy();
        decided.Choices.Remove(choice);
        decided.Open.UnionWith(choice.Owners);
        Read(alternative, decided);
        decided.Open.ExceptWith(choice.Owners);
        return decided;
    }

    /// <summary>The schema that a schema which only refers to another one stands for.</summary>
    public LocatedSchema Target(LocatedSchema schema)
    {
        for (var hops = 0; ReferenceOnly(schema) is { } reference; hops++)
        {
            if (hops == MaxNesting)
            {
                throw Endless(schema.Pointer);
            }

            schema = document.Resolve(reference, schema.Pointer);
        }

        return schema;
    }

    public static ModelException Endless(string pointer) =>
        SchemaRefusal.Schema(pointer, "refers to itself without an object or an array between, so that no value ever ends it; put one there");

    private static string? ReferenceOnly(LocatedSchema schema) =>
        schema.Json.ValueKind == JsonValueKind.Object
        && schema.Json.TryGetProperty("$ref", out var reference)
        && reference.ValueKind == JsonValueKind.String
        && schema.Json.EnumerateObject().All(member => member.NameEquals("$ref") || SchemaKeywords.IsAnnotation(member.Name))
            ? reference.GetString()
            : null;

    private void Read(LocatedSchema schema, SchemaFacts facts)
    {
        if (facts.Open.Contains(schema.Pointer))
        {
            throw Endless(schema.Pointer);
        }

        if (!facts.Read.Add(schema.Pointer))
        {
            return;
        }

        if (facts.Open.Count == MaxNesting)
        {
            throw SchemaRefusal.Schema(schema.Pointer, $"is reached through more than {MaxNesting} references; make it flatter");
        }

        facts.Open.Add(schema.Pointer);
        switch (schema.Json.ValueKind)
        {
            case JsonValueKind.True:
                break;
            case JsonValueKind.False:
                facts.Contradiction ??= $"is false at \"{schema.Pointer}\"";
                break;
            case JsonValueKind.Object:
                ReadKeywords(schema, facts);
                break;
            default:
                throw SchemaRefusal.Schema(schema.Pointer, $"is {schema.Json.ValueKind switch
                {
                    JsonValueKind.Array => "an array",
                    JsonValueKind.String => "a string",
                    JsonValueKind.Number => "a number",
                    _ => "nothing",
                }}, not an object or a boolean; correct it");
        }

        facts.Open.Remove(schema.Pointer);
    }

    private void ReadKeywords(LocatedSchema schema, SchemaFacts facts)
    {
        foreach (var member in schema.Json.EnumerateObject())
        {
            if (!SchemaKeywords.IsAnnotation(member.Name))
            {
                ReadKeyword(new SchemaKeyword(member.Name, member.Value, schema), facts);
            }
        }

        ShapeReader.Read(schema, facts);
    }

    private void ReadKeyword(SchemaKeyword keyword, SchemaFacts facts)
    {
        switch (keyword.Name)
        {
            case "$ref":
                Read(document.Resolve(keyword.Text(), keyword.Schema.Pointer), facts);
                break;
            case "allOf":
                foreach (var part in keyword.Schemas())
                {
                    Read(part, facts);
                }

                break;
            case "anyOf" or "oneOf":
                facts.Choices.Add(new SchemaChoice(keyword.Place, [.. facts.Open], keyword.Schemas()));
                break;
            case "type":
                ReadTypes(keyword, facts);
                break;
            case "nullable":
                // OpenAPI 3.0's way to add null; it belongs to the type beside it.
                break;
            case "enum":
                ReadValues(keyword, [.. keyword.Array().EnumerateArray()], facts);
                break;
            case "const":
                ReadValues(keyword, [keyword.Value], facts);
                break;
            default:
                ConstraintReader.Read(keyword, facts);
                break;
        }
    }

    private static void ReadTypes(SchemaKeyword keyword, SchemaFacts facts)
    {
        var types = keyword.Value.ValueKind == JsonValueKind.Array
            ? keyword.Array().EnumerateArray().Aggregate(JsonTypes.None, (all, type) => all | TypeOf(keyword, type))
            : TypeOf(keyword, keyword.Value);
        if (keyword.Sibling("nullable") is { ValueKind: JsonValueKind.True })
        {
            types |= JsonTypes.Null;
        }

        facts.Keywords.TryAdd(keyword.Name, keyword.Schema.Pointer);
        facts.Types = (facts.Types ?? JsonTypes.All) & types;
        if (facts.Types == JsonTypes.None)
        {
            facts.Contradiction ??= $"demands another type at \"{keyword.Schema.Pointer}\" than elsewhere";
        }
    }

    private static JsonTypes TypeOf(SchemaKeyword keyword, JsonElement type) => type.ValueKind == JsonValueKind.String ? type.GetString() switch
    {
        "object" => JsonTypes.Object,
        "array" => JsonTypes.Array,
        "string" => JsonTypes.String,
        "number" => JsonTypes.Number | JsonTypes.Integer,
        "integer" => JsonTypes.Integer,
        "boolean" => JsonTypes.Boolean,
        "null" => JsonTypes.Null,
        var other => throw keyword.Invalid($"is \"{other}\", which is no type of JSON; correct it"),
    }
    : throw keyword.Invalid("is not the name of a type or a list of names; correct it");

    private static void ReadValues(SchemaKeyword keyword, IReadOnlyList<JsonElement> values, SchemaFacts facts)
    {
        facts.Keywords.TryAdd(keyword.Name, keyword.Schema.Pointer);
        facts.Values = facts.Values is null ? values : [.. facts.Values.Where(known => values.Any(value => JsonElement.DeepEquals(known, value)))];
        if (facts.Values.Count == 0)
        {
            facts.Contradiction ??= $"allows none of the values at \"{keyword.Schema.Pointer}\" that it allows elsewhere";
        }
    }
}
