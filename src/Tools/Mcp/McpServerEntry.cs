namespace PersonalAi.Tools.Mcp;

/// <summary>An MCP server as the user entered it: a program to start, or an address to reach.</summary>
/// <param name="Name">What the user calls it; its tools' names begin with it.</param>
public sealed record McpServerEntry(string Name)
{
    /// <summary>The program that speaks MCP on its standard streams; null where there is an address.</summary>
    public string? Command { get; init; }

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The variables that the program gets beside those that every program needs; values may hold references to secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder that the program runs in; null for that of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The address of a server that speaks Streamable HTTP, or the older HTTP with SSE; null where there is a program.</summary>
    public Uri? Url { get; init; }

    /// <summary>The headers that go with every request; values may hold references to secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What its tools can do at worst, in the user's own judgement.</summary>
    public ToolRisk Risk { get; init; } = ToolRisk.LeavesMachine;

    /// <summary>What single tools can do at worst, by the names that the server gives them.</summary>
    public IReadOnlyDictionary<string, ToolRisk> ToolRisks { get; init; } = new Dictionary<string, ToolRisk>();

    /// <summary>Whether it stays in the file without being used.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>What a tool can do at worst.</summary>
    /// <param name="tool">The name that the server gives it.</param>
    public ToolRisk RiskOf(string tool) => ToolRisks.TryGetValue(tool, out var risk) ? risk : Risk;

    /// <summary>What is started or reached, in one line.</summary>
    public string Target => Url?.ToString() ?? string.Join(' ', [Command!, .. Arguments]);
}
