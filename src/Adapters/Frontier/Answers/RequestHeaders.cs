using System.Collections.Frozen;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>The headers that leave with a request. The SDKs would also tell the system, its version and the runtime.</summary>
internal static class RequestHeaders
{
    private static readonly FrozenSet<string> Plain = FrozenSet.ToFrozenSet(
        ["Accept", "anthropic-version", "Content-Type", "Content-Length"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OfKey = FrozenSet.ToFrozenSet(["Authorization", "X-Api-Key"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header leaves; one with a key only where there is a key, since an SDK may have found another one on its own.</summary>
    public static bool Leaves(string name, bool hasKey) => Plain.Contains(name) || (hasKey && OfKey.Contains(name));
}
