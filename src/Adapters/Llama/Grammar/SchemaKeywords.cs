using System.Collections.Frozen;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Which keywords say nothing about a value, and of which types the others speak.</summary>
internal static class SchemaKeywords
{
    private static readonly FrozenSet<string> Annotations = FrozenSet.Create(
        "$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$comment", "$vocabulary", "$defs", "definitions", "title", "description", "default",
        "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml", "discriminator");

    private static readonly FrozenDictionary<string, JsonTypes> Types = new Dictionary<string, JsonTypes>
    {
        ["properties"] = JsonTypes.Object,
        ["required"] = JsonTypes.Object,
        ["additionalProperties"] = JsonTypes.Object,
        ["unevaluatedProperties"] = JsonTypes.Object,
        ["minProperties"] = JsonTypes.Object,
        ["maxProperties"] = JsonTypes.Object,
        ["propertyNames"] = JsonTypes.Object,
        ["items"] = JsonTypes.Array,
        ["prefixItems"] = JsonTypes.Array,
        ["additionalItems"] = JsonTypes.Array,
        ["unevaluatedItems"] = JsonTypes.Array,
        ["minItems"] = JsonTypes.Array,
        ["maxItems"] = JsonTypes.Array,
        ["uniqueItems"] = JsonTypes.Array,
        ["minLength"] = JsonTypes.String,
        ["maxLength"] = JsonTypes.String,
        ["pattern"] = JsonTypes.String,
        ["format"] = JsonTypes.String,
        ["minimum"] = JsonTypes.Number | JsonTypes.Integer,
        ["maximum"] = JsonTypes.Number | JsonTypes.Integer,
        ["exclusiveMinimum"] = JsonTypes.Number | JsonTypes.Integer,
        ["exclusiveMaximum"] = JsonTypes.Number | JsonTypes.Integer,
        ["multipleOf"] = JsonTypes.Number | JsonTypes.Integer,
    }.ToFrozenDictionary();

    /// <summary>Whether a keyword describes without demanding anything; extensions that begin with <c>x-</c> are taken for such.</summary>
    public static bool IsAnnotation(string keyword) => Annotations.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal);

    /// <summary>The types of value that a keyword restricts; the others are not touched by it.</summary>
    public static JsonTypes TypesOf(string keyword) => Types.GetValueOrDefault(keyword);
}
