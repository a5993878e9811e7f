namespace PersonalAi.Tools;

/// <summary>What came of a call.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Text">What the model is told: the result, or what went wrong and what to do.</param>
public sealed record ToolOutcome(ToolStatus Status, string Text)
{
    /// <summary>Why it was allowed or not.</summary>
    public string Reason { get; init; } = "";

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
