using System.Text.Json;
using System.Text.RegularExpressions;

namespace PersonalAi.Tools.Mcp;

/// <summary>The file of MCP servers, in the shape that MCP clients share: <c>{"mcpServers": {"name": {"command": ...}}}</c>.</summary>
public sealed partial class McpConfiguration
{
    /// <summary>How comments and commas at an end are read: they are left alone.</summary>
    internal static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _text;

    private McpConfiguration(string path, string text, IReadOnlyList<McpServerEntry> servers) => (Path, _text, Servers) = (path, text, servers);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The servers, in the order of the file.</summary>
    public IReadOnlyList<McpServerEntry> Servers { get; }

    /// <summary>Reads a file; where there is none, there are no servers.</summary>
    /// <exception cref="McpServerException">It cannot be read; says the line and the server.</exception>
    public static McpConfiguration Load(string path)
    {
        try
        {
            return Parse(path, File.Exists(path) ? File.ReadAllText(path) : "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new McpServerException(McpFault.Entry, $"The file '{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="McpServerException">It cannot be read; says the line and the server.</exception>
    public static McpConfiguration Parse(string path, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new McpConfiguration(path, "", []);
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = Lenient.CommentHandling, AllowTrailingCommas = Lenient.AllowTrailingCommas });
            return new McpConfiguration(path, text, [.. McpEntryReader.Read(document.RootElement)]);
        }
        catch (JsonException error)
        {
            throw new McpServerException(McpFault.Entry, $"The file '{path}' is not JSON: line {error.LineNumber + 1}, character {error.BytePositionInLine + 1}.", error);
        }
        catch (FormatException error)
        {
            throw new McpServerException(McpFault.Entry, $"The file '{path}' cannot be used: {error.Message}", error);
        }
    }

    /// <summary>The server of a name.</summary>
    /// <exception cref="McpServerException">There is none.</exception>
    public McpServerEntry Find(string name) => Servers.FirstOrDefault(server => server.Name == name)
        ?? throw new McpServerException(McpFault.Entry, $"There is no MCP server '{name}'; 'pai mcp list' shows those that there are.");

    /// <summary>The text of the file with one more server; everything else in it stays as it is, comments too.</summary>
    /// <exception cref="McpServerException">The name is taken or not possible, or a secret is written out.</exception>
    public string With(McpServerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!NamePattern.IsMatch(entry.Name))
        {
            throw new McpServerException(McpFault.Entry, $"An MCP server cannot be called '{entry.Name}'; use up to 32 letters, digits, '-' and '_'.");
        }

        if (Servers.Any(server => server.Name == entry.Name))
        {
            throw new McpServerException(McpFault.Entry, $"There is an MCP server '{entry.Name}' already; remove it first, or use another name.");
        }

        LiteralSecrets.RefuseIn(entry.Name, entry.Arguments);
        foreach (var value in entry.Environment.Concat(entry.Headers))
        {
            LiteralSecrets.Refuse(entry.Name, value.Key, value.Value);
        }

        return new McpConfigurationEdit(_text).With(entry);
    }

    /// <summary>The text of the file without a server; everything else in it stays as it is, comments too.</summary>
    /// <exception cref="McpServerException">There is no such server.</exception>
    public string Without(string name) => new McpConfigurationEdit(_text).Without(Find(name).Name);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,31}\z")]
    private static partial Regex NamePattern { get; }
}
