namespace PersonalAi.Tools.Policy;

/// <summary>A call that wants to be allowed.</summary>
/// <param name="Call">The call.</param>
/// <param name="Tool">The tool that it is of.</param>
/// <param name="Taint">The untrusted text that the model had before it when it asked for the call.</param>
/// <param name="Face">Where the user sits.</param>
public sealed record ToolRequest(ToolCall Call, Tool Tool, Taint Taint, ToolFace Face)
{
    /// <summary>What the call would reach.</summary>
    public ToolReach Reach => field ??= Tool.ReachOf(Call.Arguments);

    /// <summary>The rule that the answers <see cref="Approval.Session"/> and <see cref="Approval.Always"/> make; null where they are not offered.</summary>
    public ToolRule? Proposal { get; init; }

    /// <summary>Whether the call could carry something to where the user did not grant it: off the machine, or beyond the granted folders.</summary>
    public bool CouldCarryOut => Tool.Risk == ToolRisk.LeavesMachine || (Tool.Risk == ToolRisk.ChangesLocal && !Tool.StaysWithinGrants);

    /// <summary>A call of which nothing is known but the tool.</summary>
    internal static ToolRequest OfAnyCall(Tool tool, ToolFace face) => new(ToolCall.WithoutArguments(tool.Name), tool, Taint.None, face);
}

/// <summary>Where the user sits.</summary>
public enum ToolFace
{
    /// <summary>A chat in a terminal: the user can be asked.</summary>
    Terminal,

    /// <summary>A script: nobody can be asked.</summary>
    Headless,

    /// <summary>Another program, over MCP: nobody can be asked.</summary>
    Mcp,
}
