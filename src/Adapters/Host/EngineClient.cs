using System.Diagnostics;
using System.Runtime.CompilerServices;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Host;

/// <summary>Talks with the engine process of this user, and starts it where none runs.</summary>
/// <param name="address">Where it is reached.</param>
/// <param name="launch">How it is started.</param>
#pragma warning disable CA1001 // A semaphore holds nothing to dispose of as long as nobody asks for its wait handle.
public sealed class EngineClient(EngineAddress address, Func<EngineLaunch> launch)
#pragma warning restore CA1001
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(5);

    // One start at a time.
    private readonly SemaphoreSlim _starting = new(1, 1);

    /// <summary>Where it is reached.</summary>
    public EngineAddress Address => address;

    /// <summary>How long a model stays loaded when nobody uses it; null for always.</summary>
    public TimeSpan? KeepFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A client of a model, which the engine process loads first where it is not loaded yet.</summary>
    /// <param name="request">Which model, and how it is run.</param>
    /// <param name="progress">Told of a loading that is slow.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ModelException">The engine process cannot be started, or the model cannot be loaded.</exception>
    public async Task<RemoteChatClient> OpenChatAsync(ModelRequest request, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var loaded = await OneAsync<EngineReply.Loaded>(new EngineCall.Load(request, KeepFor), progress, cancellationToken);
        return new RemoteChatClient(this, request, loaded.Model);
    }

    /// <summary>Starts the engine process where none runs, so that it is ready when the first question comes; what fails then fails once more there.</summary>
    public async Task WakeAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await ConnectAsync(new EngineCall.Status(), cancellationToken);
        }
        catch (Exception e) when (e is ModelException or OperationCanceledException)
        {
        }
    }

    /// <summary>How the engine process is; null where none runs.</summary>
    public async Task<EngineStatus?> StatusAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await EngineConnection.TryOpenAsync(address, new EngineCall.Status(), cancellationToken);
        return connection is not null && await connection.NextAsync(cancellationToken) is EngineReply.Condition condition ? condition.Status : null;
    }

    /// <summary>Has every loaded model forget a conversation; where no engine process runs, none remembers it.</summary>
    public Task ForgetAsync(string conversation, CancellationToken cancellationToken = default) => ForgetAsync(new EngineCall.Forget(conversation), cancellationToken);

    /// <summary>Has every loaded model forget the conversations whose snapshots belong into a folder.</summary>
    public Task ForgetSnapshotsAsync(string folder, CancellationToken cancellationToken = default) => ForgetAsync(new EngineCall.ForgetSnapshots(folder), cancellationToken);

    private async Task ForgetAsync(EngineCall call, CancellationToken cancellationToken)
    {
        await using var connection = await EngineConnection.TryOpenAsync(address, call, cancellationToken);
        while (connection is not null && await connection.NextAsync(cancellationToken) is not (null or EngineReply.Done or EngineReply.Failure))
        {
        }
    }

    /// <summary>Ends the engine process, whatever it does, and waits until it no longer listens.</summary>
    /// <returns>Whether one ran.</returns>
    public async Task<bool> StopAsync(CancellationToken cancellationToken = default)
    {
        var found = false;
        while (await EngineConnection.TryOpenAsync(address, new EngineCall.Stop(), cancellationToken) is { } connection)
        {
            found = true;
            await using (connection)
            {
                while (await connection.NextAsync(cancellationToken) is not null)
                {
                }
            }

            await Task.Delay(RetryAfter, cancellationToken);
        }

        return found;
    }

    /// <summary>Asks, and gives every reply up to the last.</summary>
    /// <exception cref="ModelException">It cannot be answered, or the engine process ended.</exception>
    internal async IAsyncEnumerable<EngineReply> CallAsync(EngineCall call, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(call, cancellationToken);
        while (await connection.NextAsync(cancellationToken) is var reply and not EngineReply.Done)
        {
            yield return reply switch
            {
                null => throw Ended(connection.ProcessId),
                EngineReply.Failure failure => throw new ModelException(failure.Error, failure.Message),
                _ => reply,
            };
        }
    }

    /// <summary>Asks, and gives the one reply that matters.</summary>
    /// <exception cref="ModelException">It cannot be answered, or the engine process ended.</exception>
    internal async Task<T> OneAsync<T>(EngineCall call, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default) where T : EngineReply
    {
        T? found = null;
        await foreach (var reply in CallAsync(call, cancellationToken))
        {
            if (reply is EngineReply.Progress { Part: var part })
            {
                progress?.Report(part);
            }

            found = reply as T ?? found;
        }

        return found ?? throw new ModelException(ModelError.Failed, "The engine process gave no answer: stop it with 'pai engine stop', and try again.");
    }

    private async Task<EngineConnection> ConnectAsync(EngineCall call, CancellationToken cancellationToken)
    {
        if (await EngineConnection.TryOpenAsync(address, call, cancellationToken) is { } connection)
        {
            return connection;
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            return await StartAndConnectAsync(call, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<EngineConnection> StartAndConnectAsync(EngineCall call, CancellationToken cancellationToken)
    {
        EngineProcess? process = null;
        try
        {
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < StartLimit; await Task.Delay(RetryAfter, cancellationToken))
            {
                if (await EngineConnection.TryOpenAsync(address, call, cancellationToken) is { } connection)
                {
                    return connection;
                }

                if (process is { HasEnded: true })
                {
                    await process.RefuseFailureAsync();
                    process.Dispose();
                    process = null;
                }

                process ??= Start();
            }
        }
        finally
        {
            process?.Dispose();
        }

        throw new ModelException(ModelError.Failed, $"The engine process did not start within {StartLimit.TotalSeconds:0} s: '{address.Log}' may say why.");
    }

    private EngineProcess Start()
    {
        RunFolder.Prepare(address.Folder);
        return EngineProcess.Start(launch(), address.Folder);
    }

    private ModelException Ended(int processId)
    {
        var reason = EngineLog.Reason(address.Log, processId) is { } words ? $" ({words})" : "";
        return new ModelException(
            ModelError.Failed,
            $"The engine process ended while it worked{reason}: ask again, which starts it anew; if it ends again, choose another model or other settings.");
    }
}
