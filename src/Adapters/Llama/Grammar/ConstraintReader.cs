using System.Text.Json;
using PersonalAi.Adapters.Llama.Grammar.Patterns;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Reads the keywords that bound lengths, counts and numbers: of several bounds the narrowest holds.</summary>
internal static class ConstraintReader
{
    public static void Read(SchemaKeyword keyword, SchemaFacts facts)
    {
        if (keyword is { Name: "uniqueItems" or "unevaluatedProperties" or "unevaluatedItems", Value.ValueKind: JsonValueKind.True or JsonValueKind.False })
        {
            ReadFlag(keyword, facts);
            return;
        }

        if (SchemaKeywords.TypesOf(keyword.Name) == JsonTypes.None || keyword.Name.StartsWith("unevaluated", StringComparison.Ordinal))
        {
            throw keyword.Unsupported(Remedy(keyword.Name));
        }

        if (keyword.Name == "format")
        {
            ReadFormat(keyword, facts);
            return;
        }

        facts.Keywords.TryAdd(keyword.Name, keyword.Schema.Pointer);
        switch (keyword.Name)
        {
            case "minLength":
                facts.MinLength = Math.Max(facts.MinLength, keyword.Count());
                break;
            case "maxLength":
                facts.MaxLength = Math.Min(facts.MaxLength ?? long.MaxValue, keyword.Count());
                break;
            case "minItems":
                facts.MinItems = Math.Max(facts.MinItems, keyword.Count());
                break;
            case "maxItems":
                facts.MaxItems = Math.Min(facts.MaxItems ?? long.MaxValue, keyword.Count());
                break;
            case "minProperties":
                facts.MinProperties = Math.Max(facts.MinProperties, keyword.Count());
                break;
            case "maxProperties":
                facts.MaxProperties = Math.Min(facts.MaxProperties ?? long.MaxValue, keyword.Count());
                break;
            case "pattern":
                RefuseAnother(keyword, facts.Pattern);
                facts.Pattern = keyword.Text();
                break;
            case "multipleOf":
                RefuseAnother(keyword, facts.MultipleOf);
                facts.MultipleOf = keyword.Number();
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                ReadBound(keyword, facts);
                break;
            default:
                // The shapes of objects and arrays are read by ShapeReader, which sees their keywords together.
                break;
        }
    }

    private static void ReadFlag(SchemaKeyword keyword, SchemaFacts facts)
    {
        // Only these demand anything: what is not unique, and what was not evaluated, is allowed anyway.
        var demands = keyword.Name == "uniqueItems" ? keyword.Flag() : !keyword.Flag();
        if (!demands)
        {
            return;
        }

        facts.Keywords.TryAdd(keyword.Name, keyword.Schema.Pointer);
        facts.ClosedProperties |= keyword.Name == "unevaluatedProperties";
        facts.ClosedItems |= keyword.Name == "unevaluatedItems";
    }

    private static void ReadFormat(SchemaKeyword keyword, SchemaFacts facts)
    {
        var format = keyword.Text();
        if (NumberFormats.RangeOf(format) is { } range)
        {
            facts.Keywords.TryAdd("minimum", keyword.Schema.Pointer);
            Narrow(facts, new NumberBound(range.First, Exclusive: false, keyword.Place), new NumberBound(range.Last, Exclusive: false, keyword.Place));
        }
        else if (StringFormats.Contains(format))
        {
            facts.Keywords.TryAdd(keyword.Name, keyword.Schema.Pointer);
            RefuseAnother(keyword, facts.Format);
            facts.Format = format;
        }
        else if (!NumberFormats.IsUnbounded(format))
        {
            throw keyword.Invalid($"is \"{format}\", for which no grammar is known; use one of {StringFormats.Names}, or \"pattern\"");
        }
    }

    private static void ReadBound(SchemaKeyword keyword, SchemaFacts facts)
    {
        var isLower = keyword.Name is "minimum" or "exclusiveMinimum";

        // Until draft 6, exclusiveMinimum was a flag that belonged to minimum.
        if (keyword.Value.ValueKind is JsonValueKind.True or JsonValueKind.False && keyword.Name.StartsWith("exclusive", StringComparison.Ordinal))
        {
            return;
        }

        var exclusive = keyword.Name.StartsWith("exclusive", StringComparison.Ordinal)
            || keyword.Sibling(isLower ? "exclusiveMinimum" : "exclusiveMaximum") is { ValueKind: JsonValueKind.True };
        var bound = new NumberBound(keyword.Number(), exclusive, keyword.Place);
        Narrow(facts, isLower ? bound : null, isLower ? null : bound);
    }

    private static void Narrow(SchemaFacts facts, NumberBound? lower, NumberBound? upper)
    {
        if (lower is not null && (facts.Lower is not { } low || lower.Value > low.Value || (lower.Value == low.Value && lower.Exclusive)))
        {
            facts.Lower = lower;
        }

        if (upper is not null && (facts.Upper is not { } high || upper.Value < high.Value || (upper.Value == high.Value && upper.Exclusive)))
        {
            facts.Upper = upper;
        }
    }

    private static void RefuseAnother<T>(SchemaKeyword keyword, T? known)
    {
        if (known is not null && known.ToString() != keyword.Value.ToString())
        {
            throw keyword.Unsupported($"it is \"{keyword.Value}\" here and \"{known}\" elsewhere for the same value");
        }
    }

    private static string Remedy(string keyword) => keyword switch
    {
        "patternProperties" => "declare the properties, or use \"additionalProperties\"",
        "if" or "then" or "else" or "not" or "dependentSchemas" or "dependentRequired" or "dependencies" => "write the cases under \"anyOf\"",
        _ => "remove it",
    };
}
