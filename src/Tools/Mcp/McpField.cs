using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace PersonalAi.Tools.Mcp;

/// <summary>One thing that a server asks.</summary>
/// <param name="Name">Names the answer.</param>
/// <param name="Label">What to show; the name where the server gives no title.</param>
/// <param name="Kind">What an answer looks like.</param>
public sealed record McpField(string Name, string Label, McpFieldKind Kind)
{
    private const int LongestText = 300;

    /// <summary>What is meant by it; empty where the server does not say.</summary>
    public string Description { get; private init; } = "";

    /// <summary>Whether it must be answered.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>What can be chosen, with what to show for each; empty where anything can be written.</summary>
    public ImmutableArray<(string Value, string Label)> Choices { get; private init; } = [];

    /// <summary>The answer where the user gives none; null for none.</summary>
    public JsonElement? Default { get; private init; }

    private (double? Lowest, double? Highest) Range { get; init; }

    /// <summary>Reads what a user typed; an empty text is the default.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="value">The answer; null for none.</param>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? Read(string text, out JsonElement? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim() is not { Length: > 0 } typed)
        {
            value = Default;
            return value is null && IsRequired ? "An answer is needed." : null;
        }

        value = Parse(typed);
        return value is null ? $"'{UntrustedText.Line(typed, 60)}' is not possible here; give {Possible}." : null;
    }

    /// <summary>What can be answered, for people.</summary>
    public string Possible => Kind switch
    {
        McpFieldKind.Number => "a number" + RangeText,
        McpFieldKind.WholeNumber => "a whole number" + RangeText,
        McpFieldKind.YesNo => "yes or no",
        McpFieldKind.Choice => $"one of {string.Join(", ", Choices.Select(choice => choice.Label))}",
        McpFieldKind.Choices => $"some of {string.Join(", ", Choices.Select(choice => choice.Label))}, with commas",
        _ => $"a text{RangeText}{(Range == default ? "" : " characters")}",
    };

    private string RangeText => Range switch
    {
        (null, null) => "",
        ({ } low, null) => $" of at least {low.ToString(CultureInfo.InvariantCulture)}",
        (null, { } high) => $" of at most {high.ToString(CultureInfo.InvariantCulture)}",
        ({ } low, { } high) => $" from {low.ToString(CultureInfo.InvariantCulture)} to {high.ToString(CultureInfo.InvariantCulture)}",
    };

    private JsonElement? Parse(string typed) => Kind switch
    {
        McpFieldKind.WholeNumber => long.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && InRange(number) ? Json(number) : null,
        McpFieldKind.Number => double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && InRange(number) ? Json(number) : null,
        McpFieldKind.YesNo => typed.ToUpperInvariant() switch { "Y" or "YES" or "TRUE" => Json(true), "N" or "NO" or "FALSE" => Json(false), _ => null },
        McpFieldKind.Choice => Chosen(typed) is { } one ? Json(one) : null,
        McpFieldKind.Choices => typed.Split(',', StringSplitOptions.TrimEntries).Select(Chosen).ToArray() is var some && some.Contains(null) ? null : Json(some),
        _ => InRange(typed.Length) ? Json(typed) : null,
    };

    private bool InRange(double number) => !(number < Range.Lowest || number > Range.Highest);

    private string? Chosen(string typed) => Choices
        .Where(choice => choice.Value.Equals(typed, StringComparison.OrdinalIgnoreCase) || choice.Label.Equals(typed, StringComparison.OrdinalIgnoreCase))
        .Select(choice => choice.Value)
        .FirstOrDefault();

    internal static McpField From(string name, PrimitiveSchemaDefinition schema, bool isRequired)
    {
        var field = schema switch
        {
            NumberSchema number => new McpField(name, "", number.Type == "integer" ? McpFieldKind.WholeNumber : McpFieldKind.Number)
            {
                Range = (number.Minimum, number.Maximum),
                Default = number.Default is { } value ? Json(value) : null,
            },
            BooleanSchema boolean => new McpField(name, "", McpFieldKind.YesNo) { Default = boolean.Default is { } value ? Json(value) : null },
            UntitledSingleSelectEnumSchema choice => Choice(choice.Enum.Select(value => (value, value)), choice.Default),
            TitledSingleSelectEnumSchema choice => Choice(choice.OneOf.Select(option => (option.Const, option.Title)), choice.Default),
#pragma warning disable MCP9001 // Older servers ask like this.
            LegacyTitledEnumSchema choice => Choice(choice.Enum.Select((value, index) => (value, choice.EnumNames?.ElementAtOrDefault(index) ?? value)), choice.Default),
#pragma warning restore MCP9001
            UntitledMultiSelectEnumSchema some => Some(some.Items.Enum.Select(value => (value, value)), some.Default),
            TitledMultiSelectEnumSchema some => Some(some.Items.AnyOf.Select(option => (option.Const, option.Title)), some.Default),
            StringSchema text => new McpField(name, "", McpFieldKind.Text) { Range = (text.MinLength, text.MaxLength), Default = text.Default is { } value ? Json(value) : null },
            _ => new McpField(name, "", McpFieldKind.Text),
        };
        return field with
        {
            Label = UntrustedText.Line(schema.Title ?? name, LongestText),
            Description = UntrustedText.Line(schema.Description, LongestText),
            IsRequired = isRequired,
        };

        McpField Choice(IEnumerable<(string, string)> choices, string? value) =>
            new(name, "", McpFieldKind.Choice) { Choices = Clean(choices), Default = value is null ? null : Json(value) };
        McpField Some(IEnumerable<(string, string)> choices, IEnumerable<string>? values) =>
            new(name, "", McpFieldKind.Choices) { Choices = Clean(choices), Default = values is null ? null : Json(values) };
    }

    private static ImmutableArray<(string, string)> Clean(IEnumerable<(string Value, string Label)> choices) =>
        [.. choices.Select(choice => (choice.Value, UntrustedText.Line(choice.Label, LongestText)))];

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}

/// <summary>What an answer looks like.</summary>
public enum McpFieldKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>Some of several.</summary>
    Choices,
}
