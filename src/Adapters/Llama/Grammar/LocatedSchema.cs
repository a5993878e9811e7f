using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>A schema and the JSON pointer, as a fragment, at which it stands.</summary>
internal readonly record struct LocatedSchema(JsonElement Json, string Pointer)
{
    public LocatedSchema Child(JsonElement json, params ReadOnlySpan<string> path)
    {
        var pointer = Pointer;
        foreach (var segment in path)
        {
            pointer += "/" + segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        }

        return new LocatedSchema(json, pointer);
    }
}
