using System.Globalization;
using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>A whole schema, known to be of a size that can be walked, in which references are looked up.</summary>
internal sealed class SchemaDocument
{
    public const int MaxDepth = 128;
    public const int MaxValues = 100_000;

    public SchemaDocument(JsonElement schema)
    {
        Root = new LocatedSchema(schema, "#");
        RefuseUnlessReadable();
    }

    public LocatedSchema Root { get; }

    /// <summary>The schema that a reference names.</summary>
    /// <param name="reference">A JSON pointer as a fragment, such as <c>#/$defs/node</c>.</param>
    /// <param name="from">Where the reference stands.</param>
    /// <exception cref="ModelException">It names nothing in this document (<see cref="ModelError.Unsupported"/>).</exception>
    public LocatedSchema Resolve(string reference, string from)
    {
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw SchemaRefusal.Invalid("$ref", from, $"is \"{reference}\", which is no JSON pointer into this schema such as \"#/$defs/name\"; put the schema there");
        }

        var found = Root;
        foreach (var segment in reference.Split('/').Skip(1))
        {
            var key = Uri.UnescapeDataString(segment).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = Step(found, key) ?? throw SchemaRefusal.Invalid("$ref", from, $"is \"{reference}\", but there is no \"{key}\" at \"{found.Pointer}\"; correct it");
        }

        return found;
    }

    private static LocatedSchema? Step(LocatedSchema from, string key) => from.Json.ValueKind switch
    {
        JsonValueKind.Object when from.Json.TryGetProperty(key, out var member) => from.Child(member, key),
        JsonValueKind.Array when int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < from.Json.GetArrayLength() =>
            from.Child(from.Json[index], key),
        _ => null,
    };

    private void RefuseUnlessReadable()
    {
        var values = 0;
        var open = new Stack<(JsonElement Json, int Depth)>([(Root.Json, 1)]);
        while (open.TryPop(out var next))
        {
            values++;
            if (values > MaxValues || next.Depth > MaxDepth)
            {
                throw SchemaRefusal.Schema("#", string.Create(CultureInfo.InvariantCulture, $"has more than {MaxValues:N0} values or {MaxDepth} levels; make it smaller"));
            }

            foreach (var child in ChildrenOf(next.Json))
            {
                open.Push((child, next.Depth + 1));
            }
        }
    }

    private static IEnumerable<JsonElement> ChildrenOf(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                return json.EnumerateObject().Select(member =>
                {
                    RefuseLoneSurrogates(() => member.Name);
                    return member.Value;
                });
            case JsonValueKind.Array:
                return json.EnumerateArray();
            case JsonValueKind.String:
                RefuseLoneSurrogates(() => json.GetString()!);
                return [];
            default:
                return [];
        }
    }

    private static void RefuseLoneSurrogates(Func<string> read)
    {
        try
        {
            _ = read();
        }
        catch (InvalidOperationException e)
        {
            throw new ModelException(ModelError.Unsupported, "The JSON schema has a text with half a surrogate pair, which is no character; correct it.", e);
        }
    }
}
