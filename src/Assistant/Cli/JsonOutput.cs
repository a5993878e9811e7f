using System.Text.Encodings.Web;
using System.Text.Json;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Writes the JSON that commands print: snake_case names, readable, one value.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // The output is read by programs and people, not put into a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    public static void WriteJson<T>(this TextWriter output, T value) => output.WriteLine(Safe(JsonSerializer.Serialize(value, Options)));

    /// <summary>One line of JSON, for streams of objects.</summary>
    public static void WriteJsonLine<T>(this TextWriter output, T value) => output.WriteLine(Safe(JsonSerializer.Serialize(value, OneLine)));

    /// <summary>The name of an enumeration's value as it stands in JSON, for example <c>prompt_too_long</c>.</summary>
    public static string ToJsonName(this Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    // It may be printed on a terminal: what could turn the direction of writing there stands in strings only, where an escape says the same.
    private static string Safe(string json) => json.All(IsSafe) ? json : string.Concat(json.Select(c => IsSafe(c) ? $"{c}" : $"\\u{(int)c:x4}"));

    private static bool IsSafe(char c) => c == '\r' || TerminalText.IsHarmless(c);
}
