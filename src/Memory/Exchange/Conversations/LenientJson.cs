using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Exchange.Conversations;

/// <summary>Reads what other programs exported: a member that is absent or of another kind is null, and half a surrogate pair becomes U+FFFD.</summary>
internal static partial class LenientJson
{
    // The year 9999.
    private const double LastSecond = 253_402_300_799;

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.Text() : null;

    /// <summary>The items of an array; none where it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The characters of a string.</summary>
    public static string Text(this JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var whole = Escape().Replace(value.GetRawText(), match => match.Groups["half"].Success ? "\\ufffd" : match.Value);
            return JsonSerializer.Deserialize<string>(whole)!;
        }
    }

    /// <summary>A moment: seconds since 1970, or a text as in ISO 8601; null for what is neither.</summary>
    public static DateTimeOffset? Moment(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var seconds) && seconds is > 0 and <= LastSecond =>
            DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000)),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
            text.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) && moment.Year > 1970 => moment,
        _ => null,
    };

    // Pairs and other escapes are matched too, so that a half is told from a part of them.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\[^u]|\\u....", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
