using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PersonalAi.Memory.Conversations;

/// <summary>Routes of turns as they are stored.</summary>
[JsonSerializable(typeof(TurnRoute))]
internal sealed partial class TurnRouteJson : JsonSerializerContext
{
    private static readonly TurnRouteJson Stored = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string? Write(TurnRoute? route) => route is null ? null : JsonSerializer.Serialize(route, Stored.TurnRoute);

    public static TurnRoute? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Stored.TurnRoute);
}
