using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PersonalAi.Tools;

/// <summary>A call as a model asked for it.</summary>
/// <param name="Id">Tells calls of one answer apart.</param>
/// <param name="Name">The tool's name; the model may have made it up.</param>
/// <param name="Arguments">A JSON object.</param>
public sealed record ToolCall(string Id, string Name, JsonElement Arguments)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>The arguments in one spelling: keys in ordinal order, no white space, as few escapes as JSON allows.</summary>
    public string CanonicalArguments => CanonicalJson.Of(Arguments);

    /// <summary>The SHA-256 of <see cref="CanonicalArguments"/>, in hexadecimal digits.</summary>
    public string ArgumentsSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalArguments)));

    /// <summary>A call that says nothing but which tool.</summary>
    internal static ToolCall WithoutArguments(string name) => new("", name, Nothing);
}
