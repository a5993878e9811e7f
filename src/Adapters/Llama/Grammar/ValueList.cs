using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Values that <c>enum</c> or <c>const</c> list, without those that other keywords rule out.</summary>
internal static class ValueList
{
    /// <exception cref="ModelException">A keyword beside them would have to be evaluated (<see cref="ModelError.Unsupported"/>).</exception>
    public static IReadOnlyList<JsonElement> Of(SchemaFacts facts) =>
        [.. facts.Values!.Where(value => (TypesOf(value) & (facts.Types ?? JsonTypes.All)) != 0 && Meets(value, facts))];

    /// <summary>The types whose values this one is among.</summary>
    public static JsonTypes TypesOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonTypes.Object,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Number when !value.TryGetDecimal(out var number) || number != decimal.Truncate(number) => JsonTypes.Number,
        JsonValueKind.Number => JsonTypes.Number | JsonTypes.Integer,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        _ => JsonTypes.Null,
    };

    private static bool Meets(JsonElement value, SchemaFacts facts)
    {
        foreach (var (keyword, pointer) in facts.Keywords)
        {
            if ((SchemaKeywords.TypesOf(keyword) & TypesOf(value)) != 0 && !IsEvaluated(keyword))
            {
                throw SchemaRefusal.Keyword(keyword, pointer, "its values are listed beside it, so remove it");
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.EnumerateRunes().Count() is var length && length >= facts.MinLength && !(length > facts.MaxLength),
            JsonValueKind.Number => IsWithin(value, facts),
            _ => true,
        };
    }

    private static bool IsEvaluated(string keyword) =>
        keyword is "minLength" or "maxLength" or "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum";

    private static bool IsWithin(JsonElement value, SchemaFacts facts)
    {
        var number = value.TryGetDecimal(out var exact) ? exact : value.GetDouble() > 0 ? decimal.MaxValue : decimal.MinValue;
        return (facts.Lower is not { } lower || number > lower.Value || (number == lower.Value && !lower.Exclusive))
            && (facts.Upper is not { } upper || number < upper.Value || (number == upper.Value && !upper.Exclusive));
    }
}
