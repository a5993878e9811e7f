using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace PersonalAi.Tests.Fakes.Injections;

/// <summary>A call that somebody wants made.</summary>
/// <param name="Tool">The name of the tool.</param>
/// <param name="Arguments">A JSON object.</param>
internal sealed record InjectionOrder(string Tool, JsonElement Arguments)
{
    /// <summary>A call of that tool.</summary>
    public static InjectionOrder Of(string tool, object arguments) => new(tool, JsonSerializer.SerializeToElement(arguments));

    /// <summary>The same with every text among its arguments changed.</summary>
    public InjectionOrder With(Func<string, string> change) =>
        this with { Arguments = JsonSerializer.SerializeToElement(Changed(JsonObject.Create(Arguments)!, change)) };

    /// <summary>Whether both are the same call.</summary>
    public bool IsSameAs(InjectionOrder other) => Tool == other.Tool && JsonElement.DeepEquals(Arguments, other.Arguments);

    /// <summary>The call as a client gives it.</summary>
    public FunctionCallContent ToCall(string id) =>
        new(id, Tool, Arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value));

    private static JsonNode? Changed(JsonNode? node, Func<string, string> change) => node switch
    {
        JsonObject value => new JsonObject(value.Select(property => KeyValuePair.Create(property.Key, Changed(property.Value, change)))),
        JsonArray values => new JsonArray([.. values.Select(value => Changed(value, change))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(change(text)),
        _ => node?.DeepClone(),
    };
}
