namespace PersonalAi.Assistant.Chat;

/// <summary>Work that goes on while the user reads or types, and stops when they are to be answered.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    /// <param name="workAsync">The work; it ends, without an error, when it is told to stop, and goes on another time where it was.</param>
    public BackgroundWork(Func<CancellationToken, Task> workAsync) => _work = Task.Run(() => workAsync(_stop.Token));

    /// <summary>Stops it, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }
}
