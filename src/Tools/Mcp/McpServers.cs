using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace PersonalAi.Tools.Mcp;

/// <summary>
/// The MCP servers of the user. Each is started when something of it is first needed; one that fails, hangs or has tools that were
/// not accepted is named in <see cref="Problems"/> and keeps nobody from working.
/// </summary>
public sealed partial class McpServers : IAsyncDisposable
{
    private const int LongestDescription = 400;
    private const int LongestName = 64;

    private readonly McpPlace _place;
    private readonly McpLock _accepted;
    private readonly List<McpConnection> _connections;
    private readonly ConcurrentDictionary<McpConnection, Task<IReadOnlyList<McpDefinition>>> _listings = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<McpProblem>> _problems = new(StringComparer.Ordinal);

    internal McpServers(McpPlace place, IEnumerable<McpServerEntry> servers, McpLock accepted, Func<McpServerEntry, IClientTransport> open)
    {
        (_place, _accepted) = (place, accepted);
        _connections = [.. servers.Where(server => !server.IsDisabled).Select(server => new McpConnection(server, place, open))];
    }

    /// <summary>
    /// Reads which servers there are, and starts none; one with an address is not connected to before the user has accepted what it offers. A file that
    /// cannot be read is a problem like others.
    /// </summary>
    public static McpServers Open(McpPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        try
        {
            var (accepted, transports) = (McpLock.Load(place.Lock), new McpTransports(place));

            // To stand in a file is no consent to be connected to.
            return new McpServers(
                place,
                McpConfiguration.Load(place.Configuration).Servers,
                accepted,
                server => server.Url is null || accepted.Knows(server.Name) ? transports.Open(server) : throw new McpServerException(McpFault.Refused, NotAccepted(server.Name)));
        }
        catch (McpServerException error)
        {
            var none = new McpServers(place, [], McpLock.Empty, _ => throw error);
            none._problems[""] = [new McpProblem("", error.Message)];
            return none;
        }
    }

    /// <summary>One server, for looking at it; whether it is disabled does not matter.</summary>
    /// <exception cref="McpServerException">The files cannot be read, or there is no such server.</exception>
    public static McpServers Open(McpPlace place, string server)
    {
        ArgumentNullException.ThrowIfNull(place);
        var entry = McpConfiguration.Load(place.Configuration).Find(server) with { IsDisabled = false };
        return new McpServers(place, [entry], McpLock.Load(place.Lock), new McpTransports(place).Open);
    }

    /// <summary>The servers that are used.</summary>
    public IReadOnlyList<McpServerEntry> Servers => [.. _connections.Select(connection => connection.Entry)];

    /// <summary>What is not to be had, as far as it was tried.</summary>
    public IReadOnlyList<McpProblem> Problems => [.. _problems.OrderBy(problem => problem.Key, StringComparer.Ordinal).SelectMany(problem => problem.Value)];

    /// <summary>The tools that the user has accepted, of all servers that answer.</summary>
    public async Task<IReadOnlyList<Tool>> ToolsAsync(CancellationToken cancellationToken = default)
    {
        var tools = new List<Tool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var found in await Task.WhenAll(_connections.Select(connection => AcceptedAsync(connection, cancellationToken))))
        {
            foreach (var (connection, definition) in found)
            {
                tools.Add(McpTools.Create(connection, definition, UniqueName(connection.Entry.Name, definition.Name, names)));
            }
        }

        return tools;
    }

    /// <summary>What a server is and offers, beside what was accepted of it.</summary>
    /// <exception cref="McpServerException">It cannot be reached.</exception>
    public async Task<McpInspection> InspectAsync(string server, CancellationToken cancellationToken = default)
    {
        var started = _place.Time.GetTimestamp();
        var connection = Find(server);
        var definitions = await connection.DefinitionsAsync(cancellationToken);
        (var name, var version, var protocol) = connection.Identity!.Value;
        return new McpInspection(connection.Entry, name, version, protocol, _accepted.Review(server, definitions), _place.Time.GetElapsedTime(started));
    }

    /// <summary>What can be read from a server, templates included.</summary>
    /// <exception cref="McpServerException">It cannot be reached, or does not say.</exception>
    public Task<IReadOnlyList<McpResource>> ResourcesAsync(string server, CancellationToken cancellationToken = default) => Find(server).UseAsync(
        async Task<IReadOnlyList<McpResource>> (client, stop) => client.ServerCapabilities.Resources is null ? [] :
        [
            .. (await client.ListResourcesAsync(cancellationToken: stop)).Select(resource => new McpResource(server, resource.Uri, Line(resource.Title ?? resource.Name), Line(resource.Description))),
            .. (await client.ListResourceTemplatesAsync(cancellationToken: stop)).Select(template =>
                new McpResource(server, template.UriTemplate, Line(template.Title ?? template.Name), Line(template.Description)) { IsTemplate = true }),
        ],
        _place.AnswerLimit,
        cancellationToken);

    /// <summary>Reads something from a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="uri">What to read, as the server names it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="McpServerException">There is no such server, it cannot be reached, or has no such thing.</exception>
    public async Task<McpText> ReadResourceAsync(string server, string uri, CancellationToken cancellationToken = default)
    {
        var result = await Find(server).UseAsync((client, stop) => client.ReadResourceAsync(uri, cancellationToken: stop).AsTask(), _place.AnswerLimit, cancellationToken);
        return new McpText(McpContent.Text(result.Contents), $"{Line(uri)} of the MCP server {server}");
    }

    /// <summary>The prompts of all servers that answer.</summary>
    public async Task<IReadOnlyList<McpPrompt>> PromptsAsync(CancellationToken cancellationToken = default) =>
        [.. (await Task.WhenAll(_connections.Select(connection => PromptsAsync(connection, cancellationToken)))).SelectMany(prompts => prompts)];

    /// <summary>Has a server write a prompt.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The prompt.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its messages, one after the other.</returns>
    /// <exception cref="McpServerException">There is no such server or prompt, or an argument is missing.</exception>
    public async Task<McpText> GetPromptAsync(string server, string name, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken = default)
    {
        var given = arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value);
        var result = await Find(server).UseAsync((client, stop) => client.GetPromptAsync(name, given, cancellationToken: stop).AsTask(), _place.AnswerLimit, cancellationToken);
        return new McpText(McpContent.Text(result.Messages.Select(message => message.Content)), $"the prompt {Line(name)} of the MCP server {server}");
    }

    /// <summary>What a server proposes for an argument of a prompt, or for a part of a resource template.</summary>
    /// <param name="server">The server.</param>
    /// <param name="prompt">The prompt's name, or the template's text.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="typed">What the user has typed of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="McpServerException">There is no such server, or it does not know the prompt.</exception>
    public Task<IReadOnlyList<string>> CompleteAsync(string server, string prompt, string argument, string typed, CancellationToken cancellationToken = default) => Find(server).UseAsync(
        async Task<IReadOnlyList<string>> (client, stop) =>
        {
            if (client.ServerCapabilities.Completions is null)
            {
                return [];
            }

            Reference reference = prompt.Contains('{', StringComparison.Ordinal) ? new ResourceTemplateReference { Uri = prompt } : new PromptReference { Name = prompt };
            return [.. (await client.CompleteAsync(reference, argument, typed, cancellationToken: stop)).Completion.Values.Select(Line)];
        },
        _place.AnswerLimit,
        cancellationToken);

    private async Task<IReadOnlyList<(McpConnection Connection, McpDefinition Definition)>> AcceptedAsync(McpConnection connection, CancellationToken cancellationToken)
    {
        var server = connection.Entry.Name;
        try
        {
            var review = _accepted.Review(server, await DefinitionsAsync(connection, cancellationToken));
            var problems = new List<McpProblem>();
            var accepted = new List<(McpConnection, McpDefinition)>();
            foreach (var definition in review.Where(tool => tool.State == McpState.Accepted).Select(tool => tool.Now!))
            {
                if (await McpTools.ProblemAsync(definition, cancellationToken) is { } problem)
                {
                    problems.Add(new McpProblem(server, $"The tool '{Line(definition.Name)}' of the MCP server '{server}' is left out: {problem}."));
                }
                else
                {
                    accepted.Add((connection, definition));
                }
            }

            if (review.Count(tool => tool.State is McpState.New or McpState.Changed) is > 0 and var blocked)
            {
                problems.Add(new McpProblem(server, _accepted.Knows(server)
                    ? $"{blocked} of the tools of the MCP server '{server}' are new or have changed and are blocked; 'pai mcp accept {server}' shows them."
                    : NotAccepted(server)));
            }

            _problems[server] = problems;
            return accepted;
        }
        catch (McpServerException error)
        {
            _problems[server] = [new McpProblem(server, error.Message)];
            return [];
        }
        catch (TimeoutException)
        {
            _problems[server] = [new McpProblem(server, $"The MCP server '{server}' is still starting; its tools come with a later message.")];
            return [];
        }
    }

    // A server that is slow goes on starting while the chat goes on without it; one that has failed before is not waited for again.
    private Task<IReadOnlyList<McpDefinition>> DefinitionsAsync(McpConnection connection, CancellationToken cancellationToken)
    {
        var listing = _listings.AddOrUpdate(
            connection,
            one => one.DefinitionsAsync(CancellationToken.None),
            (one, before) => before.IsCompleted ? one.DefinitionsAsync(CancellationToken.None) : before);
        return listing.WaitAsync(connection.HasFailed ? TimeSpan.Zero : _place.ListLimit, _place.Time, cancellationToken);
    }

    private async Task<IReadOnlyList<McpPrompt>> PromptsAsync(McpConnection connection, CancellationToken cancellationToken)
    {
        var server = connection.Entry.Name;
        try
        {
            return await connection.UseAsync(
                async Task<IReadOnlyList<McpPrompt>> (client, stop) => client.ServerCapabilities.Prompts is null ? [] :
                [
                    .. (await client.ListPromptsAsync(cancellationToken: stop)).Select(prompt => new McpPrompt(
                        server,
                        prompt.Name,
                        Line(prompt.Description),
                        [.. (prompt.ProtocolPrompt.Arguments ?? []).Select(argument => new McpPromptArgument(argument.Name, Line(argument.Description), argument.Required is true))])),
                ],
                _place.StartLimit,
                cancellationToken);
        }
        catch (McpServerException error)
        {
            _problems[server] = [new McpProblem(server, error.Message)];
            return [];
        }
    }

    private McpConnection Find(string server) => _connections.FirstOrDefault(connection => connection.Entry.Name == server)
        ?? throw new McpServerException(McpFault.Entry, $"There is no MCP server '{server}' in use; 'pai mcp list' shows those that there are.");

    private static string UniqueName(string server, string tool, HashSet<string> taken)
    {
        var name = NotInNames.Replace($"{server}_{tool}".ToLowerInvariant(), "_").Trim('_');
        name = name[..Math.Min(name.Length, LongestName)];
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{name.TrimEnd('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9')}_{number}";
        }

        return name;
    }

    private static string NotAccepted(string server) => $"The tools of the MCP server '{server}' have not been accepted yet; 'pai mcp accept {server}' shows them.";

    private static string Line(string? text) => UntrustedText.Line(text, LongestDescription);

    /// <summary>Ends the servers that were started.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_connections.Select(connection => connection.DisposeAsync().AsTask()));

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames { get; }
}
