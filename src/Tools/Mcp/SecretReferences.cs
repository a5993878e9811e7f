using System.Text.RegularExpressions;

namespace PersonalAi.Tools.Mcp;

/// <summary>Puts secrets in the place of references to them: <c>${env:NAME}</c>, <c>${file:PATH}</c>. Nothing of them is ever written.</summary>
/// <param name="environment">Reads a variable of this process.</param>
/// <param name="folder">Where relative paths begin.</param>
internal sealed partial class SecretReferences(Func<string, string?> environment, string folder)
{
    /// <summary>The values with their secrets.</summary>
    /// <param name="server">The server that they are for.</param>
    /// <param name="values">Values by name.</param>
    /// <exception cref="McpServerException">A secret is not there, is open to others, or stands in the file itself.</exception>
    public Dictionary<string, string?> Resolve(string server, IReadOnlyDictionary<string, string> values) => values.ToDictionary(
        value => value.Key,
        string? (value) =>
        {
            LiteralSecrets.Refuse(server, value.Key, value.Value);
            return Reference.Replace(value.Value, match => Read(server, match));
        });

    private string Read(string server, Match reference) => (reference.Groups["kind"].Value, reference.Groups["name"].Value) switch
    {
        ("env", var name) => environment(name) is { Length: > 0 } value
            ? value
            : throw Unusable(server, $"the environment variable '{name}' is not set; set it before pai starts"),
        ("file", var path) => ReadFile(server, path),
        _ => throw Unusable(server, $"'{reference.Value}' is not a reference; write '${{env:NAME}}' or '${{file:PATH}}'"),
    };

    private string ReadFile(string server, string path)
    {
        var file = path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
            : Path.GetFullPath(path, folder);
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OpenToOthers) != 0)
            {
                throw Unusable(server, $"others can read the file '{file}'; run 'chmod 600 {file}'");
            }

            return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line ? line.TrimEnd() : throw Unusable(server, $"the first line of '{file}' is empty; write the secret into it");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(server, $"the file '{file}' cannot be read; write the secret into its first line", error);
        }
    }

    private const UnixFileMode OpenToOthers = (UnixFileMode)0b000_111_111;

    private static McpServerException Unusable(string server, string why, Exception? error = null) =>
        new(McpFault.Entry, $"A secret of the MCP server '{server}' is missing: {why}.", error);

    /// <summary>Whether a value refers to anything.</summary>
    public static bool Contains(string value) => Reference.IsMatch(value);

    [GeneratedRegex(@"\$\{(?:(?<kind>[A-Za-z]+):)?(?<name>[^}]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference { get; }
}
