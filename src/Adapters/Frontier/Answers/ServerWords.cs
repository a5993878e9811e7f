using System.Globalization;
using System.Text.Json;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>What a server says about an error, as the servers of both wires write it; untrusted.</summary>
/// <param name="Text">For people; empty where it says nothing.</param>
/// <param name="Code">For programs: <c>insufficient_quota</c>, <c>overloaded_error</c>; empty where there is none.</param>
internal sealed record ServerWords(string Text, string Code)
{
    private const int LongestText = 300;

    /// <summary>A server that says nothing.</summary>
    public static ServerWords None { get; } = new("", "");

    /// <summary>Whether nobody will be answered until somebody pays.</summary>
    public bool CreditIsSpent => Code is "insufficient_quota" or "billing_error" || Text.Contains("credit balance is too low", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the prompt has more tokens than the model reads.</summary>
    public bool PromptIsTooLong =>
        Code is "context_length_exceeded" or "exceed_context_size_error"
        || Text.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase) || Text.Contains("maximum context length", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the body of an error: JSON of several shapes, or text.</summary>
    public static ServerWords Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Of(json.RootElement) ?? None;
        }
        catch (JsonException)
        {
            return body.TrimStart().StartsWith('<') ? None : new ServerWords(Clean(body), "");
        }
    }

    /// <summary>The error that a JSON object is or holds; null where it holds none.</summary>
    public static ServerWords? Of(JsonElement json)
    {
        // OpenAI and Anthropic: {"error":{"message","type","code"}}; Ollama: {"error":"..."}; older vLLM: {"object":"error","message"}; FastAPI: {"detail"}.
        var inner = Member(json, "error");
        var error = inner ?? json;
        var text = error.ValueKind == JsonValueKind.String ? error.GetString() : StringAt(error, "message") ?? StringAt(error, "detail");
        return text is null && inner is null ? null : new ServerWords(Clean(text ?? ""), StringAt(error, "code") ?? StringAt(error, "type") ?? "");
    }

    /// <summary>A text of a server in one line, cut, without what does something to a terminal.</summary>
    public static string Clean(string text)
    {
        var words = string.Join(' ', string.Concat(text.Select(c => IsShown(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= LongestText ? words : $"{words[..LongestText]}…";
    }

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? StringAt(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    // Not what turns the direction of writing, nor half of a pair.
    private static bool IsShown(char c) =>
        !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
