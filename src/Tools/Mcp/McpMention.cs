using System.Text.RegularExpressions;

namespace PersonalAi.Tools.Mcp;

/// <summary>A resource that a message names, as <c>@server:uri</c>; quotes around the address keep spaces in it.</summary>
/// <param name="Server">The server.</param>
/// <param name="Uri">What is to be read.</param>
public sealed partial record McpMention(string Server, string Uri)
{
    /// <summary>The resources that a message names of servers that there are, each once, in the order of the message.</summary>
    /// <param name="message">What the user wrote.</param>
    /// <param name="servers">The names of the servers.</param>
    public static IReadOnlyList<McpMention> In(string message, IEnumerable<string> servers)
    {
        var names = servers.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Mention.Matches(message)
                .Where(match => names.Contains(match.Groups["server"].Value))
                .Select(match => new McpMention(match.Groups["server"].Value, match.Groups["quoted"] is { Success: true, Value: var quoted } ? quoted : match.Groups["plain"].Value.TrimEnd('.', ',', ';', '!', '?', ')')))
                .Where(mention => mention.Uri.Length > 0)
                .Distinct(),
        ];
    }

    // A word of its own, so that a mail address names nothing.
    [GeneratedRegex(@"(?<![\w.@])@(?<server>[A-Za-z0-9][A-Za-z0-9_-]*):(?:""(?<quoted>[^""\n]+)""|(?<plain>\S+))", RegexOptions.ExplicitCapture)]
    private static partial Regex Mention { get; }
}
