namespace PersonalAi.Assistant.Cli.Ask;

/// <summary>A limit of time on a piece of work, told apart from its cancellation.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly double? _seconds;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    /// <param name="seconds">The limit; null for none.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="cancellationToken">Stops the work otherwise.</param>
    public TimeLimit(double? seconds, TimeProvider time, CancellationToken cancellationToken)
    {
        _seconds = seconds is null or (> 0 and < 1e6)
            ? seconds
            : throw new UsageException($"'{seconds}' is not a time limit; '--timeout' takes seconds above 0.");
        _limit = new CancellationTokenSource(seconds is { } limit ? TimeSpan.FromSeconds(limit) : Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellationToken);
    }

    /// <summary>The limit; null for none.</summary>
    public TimeSpan? Budget => _seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Whether the time is over.</summary>
    public bool IsSpent => _limit.IsCancellationRequested;

    /// <summary>Runs work that stops with the time.</summary>
    /// <exception cref="TimeoutException">The time was over before there was anything to keep.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(_either.Token);
        }
        catch (OperationCanceledException e) when (IsSpent)
        {
            throw new TimeoutException($"The time limit of {_seconds} s was over before the answer began: raise --timeout, or choose a smaller model.", e);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
