using Microsoft.Extensions.Logging;

namespace PersonalAi.Tools.Mcp;

/// <summary>What MCP servers are used with.</summary>
/// <param name="Folder">Where <c>mcp.json</c> and <c>mcp.lock</c> are.</param>
/// <param name="OpenWeb">Gives a client that reaches the host of that address through the egress gate, and no other.</param>
/// <param name="Environment">Reads a variable of this process.</param>
/// <param name="Time">Tells when a server may be started again.</param>
/// <param name="Logger">Told what servers do; what they say is logged at Trace only.</param>
public sealed record McpPlace(string Folder, Func<Uri, HttpClient> OpenWeb, Func<string, string?> Environment, TimeProvider Time, ILogger Logger)
{
    /// <summary>The servers.</summary>
    public string Configuration => Path.Combine(Folder, "mcp.json");

    /// <summary>What was accepted of them.</summary>
    public string Lock => Path.Combine(Folder, "mcp.lock");

    /// <summary>Asks the user what a server wants to know; null where nobody can be asked, and everything is declined.</summary>
    public Func<McpQuestion, CancellationToken, Task<McpAnswer>>? AskAsync { get; init; }

    /// <summary>Told how far a server is with a call; null where nobody looks.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>The longest that a server may take to start and to list what it has.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a chat waits for servers that are starting before it goes on without them.</summary>
    public TimeSpan ListLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a server may take for one answer.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(60);
}
