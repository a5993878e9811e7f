using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>A keyword, its value and the schema it stands in; its value is read as what it must be, or the schema is refused.</summary>
internal readonly record struct SchemaKeyword(string Name, JsonElement Value, LocatedSchema Schema)
{
    public KeywordPlace Place => new(Name, Schema.Pointer);

    /// <summary>Another keyword of the same schema.</summary>
    public JsonElement? Sibling(string name) => Schema.Json.TryGetProperty(name, out var sibling) ? sibling : null;

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Invalid("is not a string; correct it");

    public bool Flag() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Invalid("is not true or false; correct it");

    /// <summary>A whole number of zero or more; one beyond 64 bits is as good as the largest.</summary>
    public long Count()
    {
        var number = Number();
        return number >= 0 && number == decimal.Truncate(number)
            ? (long)Math.Min(number, long.MaxValue)
            : throw Invalid($"is {Value.GetRawText()}, not a whole number of zero or more; correct it");
    }

    /// <summary>A number; one beyond a decimal's range is as good as the largest that is needed here.</summary>
    public decimal Number() => Value.ValueKind != JsonValueKind.Number
        ? throw Invalid("is not a number; correct it")
        : Value.TryGetDecimal(out var number) ? number : Value.GetDouble() > 0 ? 1e28m : -1e28m;

    /// <summary>A list that is not empty.</summary>
    public JsonElement Array() => Value.ValueKind == JsonValueKind.Array && Value.GetArrayLength() > 0
        ? Value
        : throw Invalid("is not a list with at least one entry; correct it");

    public IReadOnlyList<LocatedSchema> Schemas()
    {
        var (name, schema) = (Name, Schema);
        return [.. Array().EnumerateArray().Select((json, i) => schema.Child(json, name, $"{i}"))];
    }

    public ModelException Invalid(string fault) => SchemaRefusal.Invalid(Name, Schema.Pointer, fault);

    public ModelException Unsupported(string remedy = "remove it") => SchemaRefusal.Keyword(Name, Schema.Pointer, remedy);
}
