using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PersonalAi.Tools.Mcp;

/// <summary>The definitions of tools that the user has accepted, by server: only these are shown to a model.</summary>
public sealed class McpLock
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, Server> _servers;

    private McpLock(SortedDictionary<string, Server> servers) => _servers = servers;

    /// <summary>Nothing is accepted.</summary>
    public static McpLock Empty => new([]);

    /// <summary>Reads a file; where there is none, nothing is accepted.</summary>
    /// <exception cref="McpServerException">It cannot be read.</exception>
    public static McpLock Load(string path)
    {
        try
        {
            return new McpLock(File.Exists(path) ? JsonSerializer.Deserialize<LockFile>(File.ReadAllText(path), Format)?.Servers ?? [] : []);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new McpServerException(McpFault.Entry, $"The file '{path}' of accepted tools cannot be read; delete it and accept the tools anew with 'pai mcp accept'.", error);
        }
    }

    /// <summary>Whether the user has accepted a server's tools before.</summary>
    public bool Knows(string server) => _servers.ContainsKey(server);

    /// <summary>What a server offers now beside what was accepted: its tools in its order, then those that are gone.</summary>
    public IReadOnlyList<McpReview> Review(string server, IReadOnlyList<McpDefinition> offered)
    {
        var accepted = _servers.TryGetValue(server, out var known) ? known.Tools : [];
        return
        [
            .. offered.Select(now => accepted.TryGetValue(now.Name, out var before)
                ? new McpReview(now.Name, before.Sha256 == now.Sha256 ? McpState.Accepted : McpState.Changed, Text(before.Definition), now)
                : new McpReview(now.Name, McpState.New, null, now)),
            .. accepted.Where(before => offered.All(now => now.Name != before.Key)).Select(before => new McpReview(before.Key, McpState.Gone, Text(before.Value.Definition), null)),
        ];
    }

    /// <summary>The same, with these definitions accepted in place of what was accepted of the server.</summary>
    public McpLock With(string server, IEnumerable<McpDefinition> accepted, DateTimeOffset at)
    {
        var tools = new SortedDictionary<string, Pin>(
            accepted.ToDictionary(tool => tool.Name, tool => new Pin(tool.Sha256, JsonDocument.Parse(tool.Json).RootElement)), StringComparer.Ordinal);
        var whole = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', tools.Select(tool => $"{tool.Key} {tool.Value.Sha256}"))));
        return new McpLock(new(_servers, StringComparer.Ordinal) { [server] = new Server(Convert.ToHexStringLower(whole), at, tools) });
    }

    /// <summary>The same, with nothing accepted of a server.</summary>
    public McpLock Without(string server)
    {
        var others = new SortedDictionary<string, Server>(_servers, StringComparer.Ordinal);
        others.Remove(server);
        return new McpLock(others);
    }

    /// <summary>The text of the file.</summary>
    public override string ToString() => JsonSerializer.Serialize(new LockFile(_servers), Format) + "\n";

    private static string Text(JsonElement definition) => CanonicalJson.Of(definition);

    private sealed record LockFile(SortedDictionary<string, Server> Servers);

    private sealed record Server(string Sha256, DateTimeOffset AcceptedAt, SortedDictionary<string, Pin> Tools);

    private sealed record Pin(string Sha256, JsonElement Definition);
}
