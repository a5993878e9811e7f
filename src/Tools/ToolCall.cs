using System.Text.Json;

namespace PersonalAi.Tools;

/// <summary>A call as a model asked for it.</summary>
/// <param name="Id">Tells calls of one answer apart.</param>
/// <param name="Name">The tool's name; the model may have made it up.</param>
/// <param name="Arguments">A JSON object.</param>
public sealed record ToolCall(string Id, string Name, JsonElement Arguments)
{
    /// <summary>The arguments in one spelling: keys in ordinal order, no white space, as few escapes as JSON allows.</summary>
    public string CanonicalArguments => CanonicalJson.Of(Arguments);
}
