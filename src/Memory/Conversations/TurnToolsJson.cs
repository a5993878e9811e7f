using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PersonalAi.Memory.Conversations;

/// <summary>What tools did for turns, and origins of texts, as they are stored.</summary>
[JsonSerializable(typeof(TurnTools))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class TurnToolsJson : JsonSerializerContext
{
    private static readonly TurnToolsJson Stored = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string? Write(TurnTools? tools) => tools is null ? null : JsonSerializer.Serialize(tools, Stored.TurnTools);

    public static TurnTools? ReadTools(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Stored.TurnTools);

    public static string? Write(IReadOnlyList<string> origins) => origins.Count == 0 ? null : JsonSerializer.Serialize(origins, Stored.IReadOnlyListString);

    public static IReadOnlyList<string> ReadOrigins(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, Stored.IReadOnlyListString) ?? [];
}
