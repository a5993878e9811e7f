using System.Collections.Immutable;

namespace PersonalAi.Assistant.Privacy.Packets;

/// <summary>A request as it would leave, which has not left.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Address">Where it would go.</param>
/// <param name="Headers">Its headers, but for the key, which is only named.</param>
/// <param name="Body">Its body.</param>
internal sealed record CapturedRequest(string Method, Uri Address, ImmutableArray<(string Name, string Value)> Headers, ImmutableArray<byte> Body)
{
    /// <summary>The SHA-256 of the body, in hexadecimal digits.</summary>
    public string Sha256 { get; } = EgressHandler.HashOf(Body.AsSpan());
}
