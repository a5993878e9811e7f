using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Reads the keywords that belong together because they share out the members of an object or the items of an array.</summary>
internal static class ShapeReader
{
    public static void Read(LocatedSchema schema, SchemaFacts facts)
    {
        ReadRequired(schema, facts);
        ReadMembers(schema, facts);
        ReadItems(schema, facts);
    }

    private static void ReadRequired(LocatedSchema schema, SchemaFacts facts)
    {
        if (Keyword(schema, "required") is not { } keyword)
        {
            return;
        }

        if (keyword.Value.ValueKind != JsonValueKind.Array || keyword.Value.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            throw keyword.Invalid("is not a list of property names; correct it");
        }

        var known = facts.Required.ToHashSet();
        facts.Required.AddRange(keyword.Value.EnumerateArray().Select(name => name.GetString()!).Where(known.Add));
    }

    private static void ReadMembers(LocatedSchema schema, SchemaFacts facts)
    {
        if (Keyword(schema, "propertyNames") is { } names)
        {
            facts.PropertyNames = facts.PropertyNames is null
                ? schema.Child(names.Value, names.Name)
                : throw names.Unsupported("it is given twice for the same value");
        }

        var properties = new Dictionary<string, LocatedSchema>();
        if (Keyword(schema, "properties") is { } keyword)
        {
            if (keyword.Value.ValueKind != JsonValueKind.Object)
            {
                throw keyword.Invalid("is not an object of schemas; correct it");
            }

            foreach (var member in keyword.Value.EnumerateObject())
            {
                properties[member.Name] = schema.Child(member.Value, keyword.Name, member.Name);
            }
        }

        var additional = Child(schema, "additionalProperties");
        if (properties.Count > 0 || additional is not null)
        {
            facts.Objects.Add(new ObjectPart(properties, additional));
        }
    }

    private static void ReadItems(LocatedSchema schema, SchemaFacts facts)
    {
        // Until 2019, a list of schemas under "items" was what "prefixItems" is now.
        var old = Keyword(schema, "items") is { Value.ValueKind: JsonValueKind.Array } list ? list : (SchemaKeyword?)null;
        var prefix = (old ?? Keyword(schema, "prefixItems"))?.Schemas() ?? [];
        var rest = Child(schema, old is null ? "items" : "additionalItems");
        if (prefix.Count > 0 || rest is not null)
        {
            facts.Arrays.Add(new ArrayPart(prefix, rest));
        }
    }

    private static SchemaKeyword? Keyword(LocatedSchema schema, string name) =>
        schema.Json.TryGetProperty(name, out var value) ? new SchemaKeyword(name, value, schema) : null;

    private static LocatedSchema? Child(LocatedSchema schema, string name) =>
        schema.Json.TryGetProperty(name, out var value) ? schema.Child(value, name) : null;
}
