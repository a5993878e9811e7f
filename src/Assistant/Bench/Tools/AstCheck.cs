using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Bench.Tools;

/// <summary>
/// Whether calls are those that are expected, by the rules of the leaderboard's authors
/// (<c>bfcl_eval/eval_checker/ast_eval/ast_checker.py</c> of ShishirPatil/gorilla, its part for Python): the same number of calls in any
/// order, no unknown and no missing parameter, values of the right type that are among the listed ones, texts compared without case,
/// spaces and punctuation.
/// </summary>
internal static partial class AstCheck
{
    /// <summary>Whether each expected call was made, and no other.</summary>
    public static bool Matches(ToolQuestion question, IReadOnlyList<MadeCall> calls)
    {
        if (calls.Count != question.Expected.Length)
        {
            return false;
        }

        var open = calls.ToList();
        foreach (var expected in question.Expected)
        {
            var function = question.Functions.FirstOrDefault(function => function.Name == expected.Name);
            var found = function is null ? -1 : open.FindIndex(call => Matches(function, expected, call));
            if (found < 0)
            {
                return false;
            }

            open.RemoveAt(found);
        }

        return true;
    }

    private static bool Matches(BfclFunction function, ExpectedCall expected, MadeCall call) =>
        call.Name == function.Name
        && function.Required.All(call.Arguments.ContainsKey)
        && call.Arguments.All(argument => function.Parameter(argument.Key) is { } parameter
            && expected.Arguments.TryGetValue(argument.Key, out var right)
            && IsRight(parameter, argument.Value, [.. right.EnumerateArray()]))
        && expected.Arguments.All(argument => call.Arguments.ContainsKey(argument.Key) || argument.Value.EnumerateArray().Any(IsEmptyText));

    private static bool IsRight(JsonElement parameter, JsonElement value, ImmutableArray<JsonElement> right)
    {
        var type = parameter.GetProperty("type").GetString()!;
        var inner = type is "array" or "tuple" ? parameter.GetProperty("items").GetProperty("type").GetString() : null;
        var rightType = right.Where(one => !IsEmptyText(one)).Select(one => TypeOf(one)).FirstOrDefault();
        var isExpected = IsOfType(value, type);
        if (isExpected && inner is not null)
        {
            isExpected = right.Any(one => one.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => IsItem(item, inner, one)));
        }

        // A value of the type that is listed, where that is another than the declared one, stands for a variable of the caller's.
        var isVariable = rightType is not null && rightType != Python(type);
        return isExpected ? isVariable ? Contains(right, value) : IsAmong(type, inner, value, right)
            : rightType is not null && rightType == TypeOf(value) && Contains(right, value);
    }

    private static bool IsItem(JsonElement item, string type, JsonElement list) =>
        TypeOf(item) == Python(type) || (FirstType(list) is { } rightType && rightType == TypeOf(item));

    private static string? FirstType(JsonElement list) => list.EnumerateArray().Where(one => !IsEmptyText(one)).Select(TypeOf).FirstOrDefault();

    private static bool IsAmong(string type, string? inner, JsonElement value, ImmutableArray<JsonElement> right) => type switch
    {
        "dict" => right.Any(one => one.ValueKind == JsonValueKind.Object && IsDictionary(value, one)),
        "array" or "tuple" when inner == "dict" => right.Any(one => one.ValueKind == JsonValueKind.Array && IsListOfDictionaries(value, one)),
        _ => Contains(right, value),
    };

    private static bool IsListOfDictionaries(JsonElement value, JsonElement right) =>
        value.GetArrayLength() == right.GetArrayLength() && value.EnumerateArray().Zip(right.EnumerateArray()).All(pair =>
            pair.First.ValueKind == JsonValueKind.Object && pair.Second.ValueKind == JsonValueKind.Object && IsDictionary(pair.First, pair.Second));

    private static bool IsDictionary(JsonElement value, JsonElement right) =>
        value.EnumerateObject().All(member => right.TryGetProperty(member.Name, out var values) && Contains(values.EnumerateArray(), member.Value))
        && right.EnumerateObject().All(member => value.TryGetProperty(member.Name, out _) || member.Value.EnumerateArray().Any(IsEmptyText));

    private static bool Contains(IEnumerable<JsonElement> right, JsonElement value) => right.Any(one => IsEqual(one, value));

    private static bool IsEqual(JsonElement right, JsonElement value) => (right.ValueKind, value.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => Standard(right.GetString()!) == Standard(value.GetString()!),
        (JsonValueKind.Number, JsonValueKind.Number) => right.GetDouble().Equals(value.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) =>
            right.GetArrayLength() == value.GetArrayLength() && right.EnumerateArray().Zip(value.EnumerateArray()).All(pair => IsEqual(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => JsonElement.DeepEquals(right, value),
        _ => right.ValueKind == value.ValueKind,
    };

    // Python's conversion from int to float is allowed; none the other way.
    private static bool IsOfType(JsonElement value, string type) => TypeOf(value) == Python(type) || (type == "float" && TypeOf(value) == "int");

    private static string Python(string type) => type switch
    {
        "string" or "any" => "str",
        "integer" => "int",
        "boolean" => "bool",
        "array" or "tuple" => "list",
        _ => type,
    };

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "str",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? "float" : "int",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "dict",
        _ => "NoneType",
    };

    private static bool IsEmptyText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0;

    private static string Standard(string text) => Ignored().Replace(text, "").ToLowerInvariant().Replace('\'', '"');

    [GeneratedRegex(@"[ ,./\-_*^]")]
    private static partial Regex Ignored();
}

/// <summary>A call that a model made.</summary>
/// <param name="Name">The function.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record MadeCall(string Name, ImmutableDictionary<string, JsonElement> Arguments);
