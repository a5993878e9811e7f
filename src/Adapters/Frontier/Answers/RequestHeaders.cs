using System.Collections.Frozen;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>The headers that leave with a request. The SDKs would also tell the system, its version and the runtime.</summary>
internal static class RequestHeaders
{
    private static readonly FrozenSet<string> Sent = FrozenSet.ToFrozenSet(
        ["Accept", "Authorization", "X-Api-Key", "anthropic-version", "Content-Type", "Content-Length"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header leaves.</summary>
    public static bool Leaves(string name) => Sent.Contains(name);
}
