namespace PersonalAi.Adapters.Host;

/// <summary>One question to an engine process, and its replies. Leaving early cancels it.</summary>
internal sealed class EngineConnection : IAsyncDisposable
{
    private static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(30);

    private readonly EngineWire _wire;

    private EngineConnection(EngineWire wire, int processId) => (_wire, ProcessId) = (wire, processId);

    /// <summary>The engine process.</summary>
    public int ProcessId { get; }

    /// <summary>Asks the engine process; null where none takes the question.</summary>
    /// <exception cref="ModelException">One is there, but does not answer.</exception>
    public static async Task<EngineConnection?> TryOpenAsync(EngineAddress address, EngineCall call, CancellationToken cancellationToken = default)
    {
        if (await address.TryConnectAsync(cancellationToken) is not { } stream)
        {
            return null;
        }

        var wire = new EngineWire(stream);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HelloLimit);
        try
        {
            await wire.WriteAsync(call, limit.Token);
            if (await wire.ReadAsync<EngineReply>(limit.Token) is EngineReply.Hello hello)
            {
                return new EngineConnection(wire, hello.ProcessId);
            }
        }
        catch (IOException)
        {
            // It was just ending.
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            await wire.DisposeAsync();
            throw new ModelException(ModelError.Failed, $"The engine process does not answer at '{address.Folder}': end it, and try again.", e);
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }

        await wire.DisposeAsync();
        return null;
    }

    /// <summary>The next reply; null where the engine process ended without one.</summary>
    public async Task<EngineReply?> NextAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _wire.ReadAsync<EngineReply>(cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException)
        {
            // A line that was cut off by the process's end is no line.
            return null;
        }
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();
}
