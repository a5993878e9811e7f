using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace PersonalAi.Tools.Mcp;

/// <summary>Makes the ways to servers: a process with the least of an environment, or a client of the egress gate.</summary>
internal sealed partial class McpTransports(McpPlace place)
{
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(2);

    // Beside PATH, HOME and the like: programs write in the user's language and letters.
    private static readonly string[] LanguageVariables = ["LANG", "LC_ALL", "LC_CTYPE", "TZ"];

    /// <summary>The way to a server; nothing is started or reached yet.</summary>
    /// <exception cref="McpServerException">A secret is missing, or stands in the file.</exception>
    public IClientTransport Open(McpServerEntry entry)
    {
        var secrets = new SecretReferences(place.Environment, place.Folder);
        LiteralSecrets.RefuseIn(entry.Name, entry.Arguments);
        return entry.Url is { } url
            ? new HttpClientTransport(
                new HttpClientTransportOptions { Endpoint = url, Name = entry.Name, AdditionalHeaders = secrets.Resolve(entry.Name, entry.Headers)!, ConnectionTimeout = place.StartLimit },
                place.OpenWeb(url),
                loggerFactory: null,
                ownsHttpClient: true)
            : new StdioClientTransport(new StdioClientTransportOptions
            {
                Name = entry.Name,
                Command = entry.Command!,
                Arguments = [.. entry.Arguments],
                WorkingDirectory = entry.WorkingDirectory,
                InheritEnvironmentVariables = false,
                EnvironmentVariables = Environment(secrets.Resolve(entry.Name, entry.Environment)),
                ShutdownTimeout = ShutdownLimit,
                StandardErrorLines = line => LogStandardError(place.Logger, entry.Name, line),
            });
    }

    private Dictionary<string, string?> Environment(Dictionary<string, string?> own)
    {
        var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
        foreach (var name in LanguageVariables)
        {
            if (place.Environment(name) is { } value)
            {
                environment[name] = value;
            }
        }

        foreach ((var name, var value) in own)
        {
            environment[name] = value;
        }

        return environment;
    }

    // What a program complains about may quote what it was given.
    [LoggerMessage(Level = LogLevel.Trace, Message = "The MCP server {Server} wrote to standard error: {Line}")]
    private static partial void LogStandardError(ILogger logger, string server, string line);
}
