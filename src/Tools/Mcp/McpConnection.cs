using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace PersonalAi.Tools.Mcp;

/// <summary>The way to one server: started when it is first needed, and again when it has died.</summary>
internal sealed partial class McpConnection(McpServerEntry entry, McpPlace place, Func<McpServerEntry, IClientTransport> open) : IAsyncDisposable
{
    private const int LongestMessage = 400;

    // The SDK tells a server of a cancelled call in a callback of the token, which its own waiting takes back as soon as it goes on:
    // on this scheduler nothing goes on inside of the cancelling (SDK 2.3.1).
    private static readonly TaskScheduler Apart = new ConcurrentExclusiveSchedulerPair().ConcurrentScheduler;

    private static readonly string[] OlderVersions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly McpBackOff _backOff = new(place.Time);
    private McpClient? _client;
    private volatile IReadOnlyList<McpDefinition>? _definitions;

    public McpServerEntry Entry => entry;

    /// <summary>What the server says of itself, once it was reached.</summary>
    public (string Name, string Version, string Protocol)? Identity { get; private set; }

    /// <summary>The tools that the server offers now.</summary>
    /// <exception cref="McpServerException">It cannot be reached, or does not say.</exception>
    public async Task<IReadOnlyList<McpDefinition>> DefinitionsAsync(CancellationToken cancellationToken = default)
    {
        if (_definitions is { } known && IsAlive)
        {
            return known;
        }

        return await UseAsync(
            async (client, stop) => client.ServerCapabilities.Tools is null
                ? _definitions = []
                : _definitions = [.. (await client.ListToolsAsync(cancellationToken: stop)).Select(tool => McpDefinition.From(tool.ProtocolTool))],
            place.StartLimit,
            cancellationToken);
    }

    /// <summary>Calls a tool.</summary>
    /// <returns>What it answers, as text.</returns>
    /// <exception cref="McpServerException">The tool is not what it was, or it failed.</exception>
    public async Task<string> CallAsync(McpDefinition definition, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellationToken = default)
    {
        if (!(await DefinitionsAsync(cancellationToken)).Contains(definition))
        {
            throw new McpServerException(McpFault.Refused, $"The tool '{definition.Name}' of the MCP server '{entry.Name}' has changed since it was offered; go on without it.");
        }

        var progress = place.Progress is { } told ? new Progress(entry.Name, definition.Name, told) : null;
        // The runner has its own limit for a call, which is the user's.
        var result = await UseAsync((client, stop) => client.CallToolAsync(definition.Name, arguments, progress, cancellationToken: stop).AsTask(), Timeout.InfiniteTimeSpan, cancellationToken);
        var text = McpContent.Text(result);
        return result.IsError is true ? throw new McpServerException(McpFault.Refused, text.Length > 0 ? text : $"'{definition.Name}' failed and does not say why.") : text;
    }

    /// <summary>Has something done by the server, within a time.</summary>
    /// <exception cref="McpServerException">It cannot be reached, takes too long, or refuses.</exception>
    public async Task<T> UseAsync<T>(Func<McpClient, CancellationToken, Task<T>> use, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        var client = await ClientAsync(cancellationToken);
        using var clock = new CancellationTokenSource(limit, place.Time);
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token, clock.Token);
        var stop = new CancellationTokenSource();
        await using var _ = asked.Token.Register(() => Task.Factory.StartNew(stop.Cancel, CancellationToken.None, TaskCreationOptions.None, Apart));
        try
        {
            var result = await use(client, stop.Token);
            _backOff.Succeeded();
            return result;
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(McpFault.Unreachable, client.Completion.IsCompleted ? await EndOfAsync(client) : $"did not answer within {limit.TotalSeconds:0} seconds", error);
        }
        catch (McpProtocolException error)
        {
            throw Failure(McpFault.Refused, $"refused: {error.Message}", error);
        }
#pragma warning disable CA1031 // The other side is anybody's program, and may be gone at any moment: whatever fails becomes one kind of error.
        catch (Exception error) when (error is not (OperationCanceledException or McpServerException))
#pragma warning restore CA1031
        {
            throw Failure(McpFault.Unreachable, client.Completion.IsCompleted ? await EndOfAsync(client) : $"failed: {error.Message}", error);
        }
    }

    /// <summary>Whether it could not be reached when that was last tried.</summary>
    public bool HasFailed => _backOff.LastFailure is not null;

    private bool IsAlive => _client is { Completion.IsCompleted: false };

    private async Task<McpClient> ClientAsync(CancellationToken cancellationToken)
    {
        if (_client is { Completion.IsCompleted: false } running)
        {
            return running;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_client is { Completion.IsCompleted: false } started)
            {
                return started;
            }

            if (_client is { } dead)
            {
                _client = null;
                _backOff.Failed(Failure(McpFault.Unreachable, await EndOfAsync(dead)));
                await dead.DisposeAsync();
            }

            if (!_backOff.MayTry)
            {
                throw new McpServerException(
                    McpFault.Unreachable,
                    $"{_backOff.LastFailure!.Message.TrimEnd('.')}; it is {(_backOff.HasGivenUp ? "not started again in this session" : "started again a little later")}, 'pai mcp test {entry.Name}' shows more.",
                    _backOff.LastFailure);
            }

            return _client = await ConnectAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<McpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(place.StartLimit, place.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token, clock.Token);
        try
        {
            _definitions = null;
            var client = await CreateAsync(stop.Token);
            Identity = (UntrustedText.Line(client.ServerInfo?.Name, 60), UntrustedText.Line(client.ServerInfo?.Version, 30), client.NegotiatedProtocolVersion ?? "");
            LogStarted(place.Logger, entry.Name, client.NegotiatedProtocolVersion);
            _ = ListenAsync(client);
            return client;
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw StartFailure($"did not start within {place.StartLimit.TotalSeconds:0} seconds", error);
        }
#pragma warning disable CA1031 // The other side is anybody's program: whatever fails becomes one kind of error.
        catch (Exception error) when (error is not (OperationCanceledException or McpServerException))
#pragma warning restore CA1031
        {
            throw StartFailure(error is ClientTransportClosedException { Details: var details } ? EndOf(details) : $"cannot be used: {(error.InnerException ?? error).Message}", error);
        }
    }

    private McpServerException StartFailure(string what, Exception error)
    {
        var failure = Failure(McpFault.Unreachable, what, error);
        _backOff.Failed(failure);
        return failure;
    }

    private async Task<McpClient> CreateAsync(CancellationToken stop)
    {
        try
        {
            return await McpClient.CreateAsync(open(entry), Options(version: null), loggerFactory: null, stop);
        }
        catch (JsonException)
        {
            // The SDK asks for the versions first, and some older servers answer what they do not know with an empty result.
            return await CreateOlderAsync(stop);
        }
    }

    // Told which version to speak, the SDK takes no other.
    private async Task<McpClient> CreateOlderAsync(CancellationToken stop)
    {
        foreach (var version in OlderVersions[..^1])
        {
            try
            {
                return await McpClient.CreateAsync(open(entry), Options(version), loggerFactory: null, stop);
            }
            catch (McpException error)
            {
                LogOtherVersion(place.Logger, entry.Name, version, error);
            }
        }

        return await McpClient.CreateAsync(open(entry), Options(OlderVersions[^1]), loggerFactory: null, stop);
    }

    private McpClientOptions Options(string? version) => new()
    {
        ProtocolVersion = version,
        ClientInfo = new Implementation { Name = "pai", Version = typeof(McpConnection).Assembly.GetName().Version!.ToString(3) },
        InitializationTimeout = place.StartLimit,
        TimeProvider = place.Time,
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = (request, stop) => new ValueTask<ElicitResult>(McpElicitation.AnswerAsync(entry.Name, request, place.AskAsync, stop)),
            NotificationHandlers = [KeyValuePair.Create<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>(NotificationMethods.ToolListChangedNotification, (_, _) =>
            {
                _definitions = null;
                LogToolsChanged(place.Logger, entry.Name);
                return ValueTask.CompletedTask;
            })],
        },
    };

    // Since the version of July 2026 a client is told of changes only where it asks for that; older servers tell by themselves.
    private async Task ListenAsync(McpClient client)
    {
        if (string.CompareOrdinal(client.NegotiatedProtocolVersion, "2026-07-28") < 0 || client.ServerCapabilities.Tools?.ListChanged is not true)
        {
            return;
        }

        try
        {
            await client.SendRequestAsync(
                new JsonRpcRequest
                {
                    Method = RequestMethods.SubscriptionsListen,
                    Params = JsonSerializer.SerializeToNode(
                        new SubscriptionsListenRequestParams { Notifications = new SubscriptionsListenNotifications { ToolsListChanged = true } }, McpJsonUtilities.DefaultOptions),
                },
                _closing.Token);
        }
#pragma warning disable CA1031 // It runs beside everything else, and ends with the connection in whatever way that ends.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotListening(place.Logger, entry.Name, error);
        }
    }

    private static async Task<string> EndOfAsync(McpClient client) => EndOf(await client.Completion);

    private static string EndOf(ClientCompletionDetails details) => details switch
    {
        StdioClientCompletionDetails { StandardErrorTail: { Count: > 0 } tail } process => $"ended with exit code {process.ExitCode}: {string.Join(' ', tail.TakeLast(5))}",
        StdioClientCompletionDetails process => $"ended with exit code {process.ExitCode}",
        HttpClientCompletionDetails { HttpStatusCode: { } status } => $"answered with HTTP status {(int)status}",
        { Exception: { } error } => $"closed the connection: {error.Message}",
        _ => "closed the connection",
    };

    private McpServerException Failure(McpFault fault, string what, Exception? error = null)
    {
        var failure = new McpServerException(fault, $"The MCP server '{entry.Name}' {UntrustedText.Line(what, LongestMessage).TrimEnd('.')}.", error);
        LogFailed(place.Logger, entry.Name, fault);
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_client is { } client)
        {
            await client.DisposeAsync();
        }

        _closing.Dispose();
        _one.Dispose();
    }

    private sealed class Progress(string server, string tool, IProgress<string> told) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
            var amount = value.Total is { } total and > 0 ? $" {value.Progress:0.##} of {total:0.##}" : "";
            told.Report(UntrustedText.Line($"{server} {tool}{amount}{(value.Message is { Length: > 0 } message ? $": {message}" : "")}", 120));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The MCP server {Server} was started; it speaks version {Protocol}.")]
    private static partial void LogStarted(ILogger logger, string server, string? protocol);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The MCP server {Server} does not speak version {Protocol}.")]
    private static partial void LogOtherVersion(ILogger logger, string server, string protocol, Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The MCP server {Server} says that its tools have changed.")]
    private static partial void LogToolsChanged(ILogger logger, string server);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The MCP server {Server} does not tell of changes.")]
    private static partial void LogNotListening(ILogger logger, string server, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The MCP server {Server} failed: {Fault}.")]
    private static partial void LogFailed(ILogger logger, string server, McpFault fault);
}
