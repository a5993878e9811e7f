using PersonalAi.Tools.Policy;

namespace PersonalAi.Tools;

/// <summary>What came of a call.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Text">What the model is told: the result, or what went wrong and what to do.</param>
public sealed record ToolOutcome(ToolStatus Status, string Text)
{
    /// <summary>Why it was allowed or not, for people.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why it was allowed or not, for a log: without what the user or others wrote.</summary>
    public string Ground { get; init; } = "";

    /// <summary>What the rules said; null where they were not asked.</summary>
    public PolicyDecision? Decision { get; init; }

    /// <summary>What the user said; null where nobody was asked.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Whether it was denied for the only reason that nobody could be asked.</summary>
    public bool CouldNotAsk => Approval == Policy.Approval.Impossible;

    /// <summary>Where the text comes from, where it is not to be trusted; null where it is the program's own.</summary>
    public string? Origin { get; init; }

    /// <summary>The SHA-256 of the whole result before it was cut, in hexadecimal digits; null where there is none.</summary>
    public string? ResultSha256 { get; init; }

    /// <summary>How long the tool ran.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>How a call ended.</summary>
public enum ToolStatus
{
    /// <summary>The tool did what it was asked for.</summary>
    Succeeded,

    /// <summary>The tool failed, or took too long.</summary>
    Failed,

    /// <summary>There is no such tool, or its arguments do not meet its schema.</summary>
    Invalid,

    /// <summary>A rule or the user did not allow it, or nobody could be asked.</summary>
    Denied,

    /// <summary>The same call had been made twice already.</summary>
    Repeated,
}
