using PersonalAi.Memory.Conversations;

namespace PersonalAi.Memory.Audit;

/// <summary>A call of a tool as the audit log has it: who, what, why, and what came of it, without anything that was said.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Source">Where the tool comes from.</param>
/// <param name="Risk">What it can do at worst: <c>reads-local</c>, <c>changes-local</c>, <c>leaves-machine</c>.</param>
/// <param name="Face">Where the user sat: <c>terminal</c>, <c>headless</c>, <c>mcp</c>.</param>
/// <param name="Status">How it ended: <c>succeeded</c>, <c>denied</c>.</param>
/// <param name="ArgumentsSha256">The SHA-256 of the canonical arguments, in hexadecimal digits.</param>
public sealed record AuditedCall(string Tool, string Source, string Risk, string Face, string Status, string ArgumentsSha256)
{
    /// <summary>Its place in the log; 0 before it is there.</summary>
    public long Number { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CalledAt { get; init; }

    /// <summary>The session that it was made in; null outside of one.</summary>
    public SessionId? Session { get; init; }

    /// <summary>The turn that it was made for; null outside of one.</summary>
    public TurnId? Turn { get; init; }

    /// <summary>How many texts of others the model had before it.</summary>
    public int Untrusted { get; init; }

    /// <summary>What the rules said: <c>allow</c>, <c>ask</c>, <c>deny</c>; null where they were not asked.</summary>
    public string? Decision { get; init; }

    /// <summary>What the user said: <c>no</c>, <c>once</c>, <c>session</c>, <c>always</c>, <c>impossible</c>; null where nobody was asked.</summary>
    public string? Approval { get; init; }

    /// <summary>Why it was allowed or not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The SHA-256 of its result, in hexadecimal digits; null where there is none.</summary>
    public string? ResultSha256 { get; init; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Elapsed { get; init; }
}
