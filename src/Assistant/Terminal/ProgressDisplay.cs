namespace PersonalAi.Assistant.Terminal;

/// <summary>
/// Shows on standard error how far a long piece of work has come: one line that is rewritten on a terminal, a first and a
/// last line everywhere else.
/// </summary>
internal sealed class ProgressDisplay : IProgress<long>, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly bool _rewrites;
    private readonly string _title;
    private readonly long _total;
    private readonly long _before;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Func<double, string> _quantity;
    private long _done;
    private long _lastDrawn;
    private int _width;
    private bool _disposed;

    /// <param name="console">Its standard error shows the progress.</param>
    /// <param name="title">What is being done: <c>Assembling tinyllama</c>.</param>
    /// <param name="total">All the work, in bytes or what <paramref name="quantity"/> counts.</param>
    /// <param name="time">Measures the rate.</param>
    /// <param name="before">What of it was done before, and does not count for the rate.</param>
    /// <param name="quantity">Writes an amount of work; null for bytes.</param>
    public ProgressDisplay(ConsoleStreams console, string title, long total, TimeProvider time, long before = 0, Func<double, string>? quantity = null)
    {
        _output = console.Error;
        _rewrites = console.ErrorIsTerminal;
        _title = title;
        _total = total;
        _quantity = quantity ?? Quantity.Bytes;
        _done = _before = before;
        _time = time;
        _start = _lastDrawn = time.GetTimestamp();
        if (_rewrites)
        {
            Draw();
        }
        else
        {
            _output.WriteLine($"{title} ({_quantity(total)}) ...");
        }
    }

    /// <summary>Says how much is done; may be called from any thread, and as often as is convenient.</summary>
    public void Report(long value)
    {
        lock (_lock)
        {
            _done = value;
            if (_rewrites && !_disposed && _time.GetElapsedTime(_lastDrawn) >= Interval)
            {
                Draw();
            }
        }
    }

    /// <summary>Leaves a last line: what was done and how long it took, or how far it came.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            var outcome = _done >= _total
                ? $"{_quantity(_total - _before)} in {Quantity.Duration(_time.GetElapsedTime(_start))}"
                : $"stopped at {_quantity(_done)} of {_quantity(_total)}";
            Rewrite($"{_title}: {outcome}");
            _output.WriteLine();
        }
    }

    private void Draw()
    {
        _lastDrawn = _time.GetTimestamp();
        var share = _total > 0 ? Math.Clamp((double)_done / _total, 0, 1) : 1;
        var bar = new string('#', (int)(share * BarWidth)).PadRight(BarWidth, '.');
        var rate = (_done - _before) / Math.Max(_time.GetElapsedTime(_start).TotalSeconds, 0.001);
        var left = rate > 0 ? $"  {_quantity(rate)}/s  {Quantity.Duration(TimeSpan.FromSeconds((_total - _done) / rate))} left" : "";
        Rewrite($"{_title} [{bar}] {share * 100:0} %{left}");
    }

    // Spaces over what was there, not an escape sequence: this works on every terminal.
    private void Rewrite(string line)
    {
        _output.Write(_rewrites ? $"\r{line.PadRight(_width)}" : line);
        _width = line.Length;
    }
}
