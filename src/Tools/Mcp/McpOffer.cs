namespace PersonalAi.Tools.Mcp;

/// <summary>Why a server, or a tool of it, is not to be had now.</summary>
/// <param name="Server">The server; empty where all of them are meant.</param>
/// <param name="Message">What is wrong and what to do: one sentence, for people.</param>
public sealed record McpProblem(string Server, string Message);

/// <summary>A text of a server, and where it comes from.</summary>
/// <param name="Text">What it says; anybody's words.</param>
/// <param name="Origin">Where it comes from, for people.</param>
public sealed record McpText(string Text, string Origin);

/// <summary>Something that can be read from a server, as <c>@server:uri</c> in a message.</summary>
/// <param name="Server">The server.</param>
/// <param name="Uri">Names it there.</param>
/// <param name="Name">What the server calls it.</param>
/// <param name="Description">What the server says of it; empty where nothing.</param>
public sealed record McpResource(string Server, string Uri, string Name, string Description)
{
    /// <summary>Whether parts in braces must be filled in before it can be read.</summary>
    public bool IsTemplate { get; init; }
}

/// <summary>A message that a server has ready, as <c>/server:name</c>.</summary>
/// <param name="Server">The server.</param>
/// <param name="Name">Names it there.</param>
/// <param name="Description">What the server says of it; empty where nothing.</param>
/// <param name="Arguments">What it must be given.</param>
public sealed record McpPrompt(string Server, string Name, string Description, IReadOnlyList<McpPromptArgument> Arguments);

/// <summary>Something that a prompt is given.</summary>
/// <param name="Name">Names it.</param>
/// <param name="Description">What the server says of it; empty where nothing.</param>
/// <param name="IsRequired">Whether it must be given.</param>
public sealed record McpPromptArgument(string Name, string Description, bool IsRequired);

/// <summary>What a server is and offers, beside what was accepted of it.</summary>
/// <param name="Server">The entry.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Version">Its version.</param>
/// <param name="Protocol">The version of MCP that was agreed on.</param>
/// <param name="Tools">Its tools.</param>
/// <param name="Elapsed">How long it took to say so, its start included.</param>
public sealed record McpInspection(McpServerEntry Server, string Name, string Version, string Protocol, IReadOnlyList<McpReview> Tools, TimeSpan Elapsed);
