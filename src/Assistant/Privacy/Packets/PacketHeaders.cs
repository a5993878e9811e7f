using System.Collections.Frozen;
using System.Net.Http.Headers;

namespace PersonalAi.Assistant.Privacy.Packets;

/// <summary>The headers of packets: those that the other side needs. What libraries tell of this machine besides (system, processor, versions) stays here.</summary>
internal static class PacketHeaders
{
    private static readonly FrozenSet<string> Needed = new[] { "Accept", "anthropic-version", "Authorization", "x-api-key" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Keys = new[] { "Authorization", "x-api-key" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes all others away.</summary>
    public static void Restrict(HttpRequestMessage request)
    {
        foreach (var name in request.Headers.NonValidated.Select(header => header.Key).Where(name => !Needed.Contains(name)).ToList())
        {
            request.Headers.Remove(name);
        }

        request.Headers.UserAgent.ParseAdd(EgressGate.UserAgent);
        if (request.Content is { } content)
        {
            foreach (var name in content.Headers.NonValidated.Select(header => header.Key).Where(name => name is not "Content-Type").ToList())
            {
                content.Headers.Remove(name);
            }
        }
    }

    /// <summary>The headers as a person may see them: of a key only that there is one.</summary>
    public static IEnumerable<(string Name, string Value)> Describe(HttpRequestMessage request) =>
        Lines(request.Headers).Concat(request.Content is null ? [] : Lines(request.Content.Headers));

    private static IEnumerable<(string Name, string Value)> Lines(HttpHeaders headers) =>
        headers.NonValidated.Select(header => (header.Key, Keys.Contains(header.Key) ? "(your key)" : string.Join(", ", header.Value)));
}
