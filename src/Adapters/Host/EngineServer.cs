using System.IO.Pipes;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Adapters.Host;

/// <summary>
/// The engine process's work: listens for clients of the same user, answers each on a connection of its own, and ends when nothing is
/// loaded and nobody has been connected for a while.
/// </summary>
public sealed partial class EngineServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestVacancy = TimeSpan.FromMinutes(1);

    // A client that stops reading keeps its request this long, and nobody else waits for it.
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(1);

    private readonly EngineAddress _address;
    private readonly TimeProvider _time;
    private readonly ILogger<EngineServer> _logger;
    private readonly EngineAnswers _answers;
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _sessions = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action _stop = () => { };
    private ITimer? _vacancy;

    /// <param name="address">Where it listens.</param>
    /// <param name="library">Loads llama.cpp when the first model is asked for.</param>
    /// <param name="time">Measures how long models are idle.</param>
    /// <param name="logger">Receives what goes wrong, never what people wrote.</param>
    public EngineServer(EngineAddress address, Func<LlamaLibrary> library, TimeProvider time, ILogger<EngineServer> logger)
    {
        (_address, _time, _logger) = (address, time, logger);
        _answers = new EngineAnswers(library, time, ConsiderLeaving);
    }

    /// <summary>Completes when clients can connect.</summary>
    internal Task Ready => _ready.Task;

    /// <summary>Serves until it is told to stop, or nobody needs it any more.</summary>
    /// <exception cref="IOException">The address cannot be listened at.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stop = stopping.Cancel;
        try
        {
            await AcceptAsync(stopping.Token);
        }
        finally
        {
            await Task.WhenAll(Sessions());
            lock (_lock)
            {
                _stop = () => { };
                _vacancy?.Dispose();
            }
        }
    }

    /// <summary>Unloads every model.</summary>
    public ValueTask DisposeAsync() => _answers.DisposeAsync();

    private async Task AcceptAsync(CancellationToken stopping)
    {
        var listener = _address.Listen();
        try
        {
            _ready.TrySetResult();
            _answers.Prepare();
            ConsiderLeaving();
            while (true)
            {
                var accepted = await AcceptsAsync(listener, stopping);

                // The next one listens before this one can end: the last to end takes the address with it.
                var connection = listener;
                listener = _address.Listen();
                if (accepted)
                {
                    Enter(connection, stopping);
                }
                else
                {
                    await connection.DisposeAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        finally
        {
            await listener.DisposeAsync();
        }
    }

    /// <summary>Whether the next client is one to talk with, not one that has left again or is another user's.</summary>
    private async Task<bool> AcceptsAsync(NamedPipeServerStream listener, CancellationToken stopping)
    {
        try
        {
            await listener.WaitForConnectionAsync(stopping);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogRefused(_logger, e.GetType().Name);
            return false;
        }
    }

    private void Enter(Stream connection, CancellationToken stopping)
    {
        lock (_lock)
        {
            var session = Task.Run(() => ServeAsync(connection, stopping), CancellationToken.None);
            _sessions.Add(session);
            session.ContinueWith(Leave, TaskScheduler.Default);
            _vacancy?.Dispose();
            _vacancy = null;
        }
    }

    private void Leave(Task session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
        }

        ConsiderLeaving();
    }

    private Task[] Sessions()
    {
        lock (_lock)
        {
            return [.. _sessions];
        }
    }

    private void ConsiderLeaving()
    {
        lock (_lock)
        {
            _vacancy?.Dispose();
            _vacancy = IsVacant ? _time.CreateTimer(_ => LeaveIfVacant(), null, Shorter(_answers.KeepFor, LongestVacancy), Timeout.InfiniteTimeSpan) : null;
        }
    }

    private void LeaveIfVacant()
    {
        Action stop;
        lock (_lock)
        {
            stop = IsVacant ? _stop : () => { };
        }

        stop();
    }

    private bool IsVacant => _sessions.Count == 0 && _answers.HasNoModel;

    private async Task ServeAsync(Stream connection, CancellationToken stopping)
    {
        await using var wire = new EngineWire(connection);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var leaving = Task.CompletedTask;
        try
        {
            await wire.WriteAsync<EngineReply>(new EngineReply.Hello(Environment.ProcessId), gone.Token);
            var call = await wire.ReadAsync<EngineCall>(gone.Token);
            leaving = CancelWhenClosedAsync(wire, gone);
            await SendAsync(wire, _answers.AnswerAsync(call, gone.Token), stopping);
            if (call is EngineCall.Stop)
            {
                _stop();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            // The client is gone, or as good as gone.
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            await wire.WriteAsync<EngineReply>(new EngineReply.Failure(ModelError.Failed, "The engine process was asked something that it does not know."), CancellationToken.None);
        }
        finally
        {
            await wire.DisposeAsync();
            await leaving;
        }
    }

    private async Task SendAsync(EngineWire wire, IAsyncEnumerable<EngineReply> replies, CancellationToken stopping)
    {
        EngineReply last = new EngineReply.Done();
        try
        {
            await foreach (var reply in replies)
            {
                await wire.WriteAsync(reply, CancellationToken.None).WaitAsync(StallLimit, CancellationToken.None);
            }
        }
        catch (ModelException e)
        {
            last = new EngineReply.Failure(e.Error, e.Message);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            last = new EngineReply.Failure(ModelError.Failed, "The engine process was stopped while it worked: ask again, which starts it anew.");
        }
#pragma warning disable CA1031 // The outermost loop of a request: what failed belongs to it, and the others go on.
        catch (Exception e) when (e is not (IOException or ObjectDisposedException or OperationCanceledException or TimeoutException))
#pragma warning restore CA1031
        {
            LogFailed(_logger, e.GetType().Name);
            last = new EngineReply.Failure(ModelError.Failed, $"The engine process failed ({e.GetType().Name}: {e.Message.TrimEnd('.')}).");
        }

        await wire.WriteAsync(last, CancellationToken.None).WaitAsync(StallLimit, CancellationToken.None);
    }

    private static async Task CancelWhenClosedAsync(EngineWire wire, CancellationTokenSource gone)
    {
        await wire.ClosedAsync();
        await gone.CancelAsync();
    }

    private static TimeSpan Shorter(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A client was not let in ({Reason}).")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed unexpectedly ({Kind}).")]
    private static partial void LogFailed(ILogger logger, string kind);
}
