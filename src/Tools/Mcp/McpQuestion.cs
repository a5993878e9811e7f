using System.Text.Json;

namespace PersonalAi.Tools.Mcp;

/// <summary>What a server wants to know from the user while it works. All of it is the server's words, cleaned of what cannot be seen.</summary>
/// <param name="Server">Who asks.</param>
/// <param name="Message">What for.</param>
/// <param name="Fields">What it asks, in its order.</param>
public sealed record McpQuestion(string Server, string Message, IReadOnlyList<McpField> Fields);

/// <summary>What the user says to a question.</summary>
/// <param name="Reply">Whether they answer it.</param>
/// <param name="Values">The answers by the names of the fields; empty where they do not.</param>
public sealed record McpAnswer(McpReply Reply, IReadOnlyDictionary<string, JsonElement> Values)
{
    /// <summary>The user does not answer, or nobody can be asked.</summary>
    public static readonly McpAnswer Declined = new(McpReply.Decline, new Dictionary<string, JsonElement>());

    /// <summary>The user left the question alone.</summary>
    public static readonly McpAnswer Cancelled = new(McpReply.Cancel, new Dictionary<string, JsonElement>());
}

/// <summary>Whether the user answers a question.</summary>
public enum McpReply
{
    /// <summary>They do.</summary>
    Accept,

    /// <summary>They say no.</summary>
    Decline,

    /// <summary>They leave it alone.</summary>
    Cancel,
}
