namespace PersonalAi.Tools.Mcp;

/// <summary>An MCP server could not be used.</summary>
/// <param name="fault">What can be done about it.</param>
/// <param name="message">What failed and what to do: one sentence, for people.</param>
/// <param name="innerException">What it was caused by.</param>
public sealed class McpServerException(McpFault fault, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What can be done about it.</summary>
    public McpFault Fault { get; } = fault;
}

/// <summary>What can be done about a failure of an MCP server.</summary>
public enum McpFault
{
    /// <summary>The entry, or what was asked for, must be corrected.</summary>
    Entry,

    /// <summary>The server could not be started or reached, ended, or did not answer in time.</summary>
    Unreachable,

    /// <summary>The server answered that it cannot do this.</summary>
    Refused,
}
