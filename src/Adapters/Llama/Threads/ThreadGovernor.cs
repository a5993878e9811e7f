namespace PersonalAi.Adapters.Llama.Threads;

/// <summary>
/// Says with how many threads the next tokens are computed. llama.cpp's threads wait for each other in a loop without yielding: once
/// other programs want the processors, a step takes several times as long, and fewer threads are faster. The governor takes half the
/// threads then, and tries more again after a while, at first soon and then, where that did not help, less and less often.
/// </summary>
/// <remarks>It counts the time of the steps that it is told of, and looks at no clock. Used from one thread.</remarks>
internal sealed class ThreadGovernor
{
    // A longer context makes steps slower too, but by small steps, or by less than this.
    private const double Collapse = 3.5;

    // How much of a slowdown from one step to the next is taken for the growing context.
    private const double Drift = 1.002;

    // Larger batches are prompts, which differ too much in length.
    private const int MostTokens = 8;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(2);

    private readonly int _most;
    private readonly Dictionary<(int Threads, int Tokens), double> _best = [];
    private int _slowSteps;
    private Trial? _trial;
    private TimeSpan _retryAfter = FirstRetry;
    private TimeSpan _sinceChange;

    /// <param name="start">Threads to begin with.</param>
    /// <param name="most">The most threads: the processors.</param>
    public ThreadGovernor(int start, int most)
    {
        Threads = start;
        _most = Math.Max(start, most);
    }

    /// <summary>With how many threads the next step is to be computed.</summary>
    public int Threads { get; private set; }

    /// <summary>Learns how long a step took that was computed with <see cref="Threads"/>.</summary>
    /// <param name="tokens">Tokens in its batch; prompts, which have more than 8, are not looked at.</param>
    /// <param name="duration">How long it took.</param>
    /// <returns><see cref="Threads"/> for the next one.</returns>
    public int Next(int tokens, TimeSpan duration)
    {
        _sinceChange += duration;
        if (tokens > MostTokens)
        {
            return Threads;
        }

        if (_trial is { } trial)
        {
            _trial = null;
            Judge(trial, new Trial(Threads, tokens, duration.TotalSeconds));
        }
        else if (IsCollapse(tokens, duration.TotalSeconds) && Threads > 1)
        {
            Change(Threads / 2);
        }
        else if (Threads < _most && _sinceChange >= _retryAfter)
        {
            _trial = new Trial(Threads, tokens, duration.TotalSeconds);
            Change(Math.Min(_most, Threads * 2));
        }

        return Threads;
    }

    // Two in a row: a single slow step is somebody's short burst of work.
    private bool IsCollapse(int tokens, double seconds)
    {
        var best = _best.TryGetValue((Threads, tokens), out var known) ? known * Drift : seconds;
        _best[(Threads, tokens)] = Math.Min(best, seconds);
        _slowSteps = seconds > best * Collapse ? _slowSteps + 1 : 0;
        return _slowSteps > 1;
    }

    // One step with more threads tells enough: it is either faster than the one before, or the processors are still wanted.
    private void Judge(Trial before, Trial now)
    {
        if (now.Tokens == before.Tokens && now.Seconds < before.Seconds)
        {
            _best[(now.Threads, now.Tokens)] = now.Seconds;
            _retryAfter = FirstRetry;
            return;
        }

        _retryAfter = _retryAfter * 2 < LastRetry ? _retryAfter * 2 : LastRetry;
        Change(before.Threads);
    }

    private void Change(int threads)
    {
        Threads = threads;
        _slowSteps = 0;
        _sinceChange = TimeSpan.Zero;
    }

    /// <summary>A step that another number of threads is compared with.</summary>
    private readonly record struct Trial(int Threads, int Tokens, double Seconds);
}
