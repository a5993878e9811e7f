using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>Calls as JSON.</summary>
internal static class CallJson
{
    public static readonly JsonSerializerOptions Spaced = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>A call of that name.</summary>
    public static FunctionCallContent Call(string name, JsonElement arguments) => new(
        Guid.NewGuid().ToString("n"),
        name,
        arguments.EnumerateObject().DistinctBy(argument => argument.Name).ToDictionary(argument => argument.Name, argument => (object?)argument.Value.Clone()));

    /// <summary>The calls that a JSON value makes: an object with the name and the arguments of one, or a list of such.</summary>
    /// <param name="text">The JSON.</param>
    /// <returns>Empty where it is none.</returns>
    public static IReadOnlyList<FunctionCallContent> Read(string text) => Parse(text) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(One).OfType<FunctionCallContent>()],
        { } one when One(one) is { } call => [call],
        _ => [],
    };

    /// <summary>A JSON value; null where the text is none.</summary>
    public static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The name and the arguments of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="arguments">The key of the arguments.</param>
    public static string Write(FunctionCallContent call, string arguments = "arguments") =>
        $"{{\"name\": {JsonSerializer.Serialize(call.Name, Spaced)}, \"{arguments}\": {WriteArguments(call)}}}";

    /// <summary>The arguments of a call.</summary>
    public static string WriteArguments(FunctionCallContent call) => call.Arguments is null
        ? "{}"
        : $"{{{string.Join(", ", call.Arguments.Select(argument => $"{JsonSerializer.Serialize(argument.Key, Spaced)}: {JsonSerializer.Serialize(argument.Value, Spaced)}"))}}}";

    private static FunctionCallContent? One(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && (value.TryGetProperty("arguments", out var arguments) || value.TryGetProperty("parameters", out arguments)) && arguments.ValueKind == JsonValueKind.Object
            ? Call(name.GetString()!, arguments)
            : null;
}
