using PersonalAi.Memory.Documents.Ingestion;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Shows on a terminal how far the reading of files has come.</summary>
/// <param name="console">Its standard error shows it.</param>
/// <param name="time">Measures the rate.</param>
internal sealed class DocumentProgressDisplay(ConsoleStreams console, TimeProvider time) : IProgress<IngestionProgress>, IDisposable
{
    private ProgressDisplay? _bar;

    public void Report(IngestionProgress value)
    {
        if (console.ErrorIsTerminal && value.TotalFiles > 0)
        {
            _bar ??= new ProgressDisplay(console, $"Reading {value.TotalFiles} {(value.TotalFiles == 1 ? "file" : "files")}", value.TotalBytes, time);
            _bar.Report(value.Bytes);
        }
    }

    public void Dispose() => _bar?.Dispose();
}

/// <summary>Shows on a terminal how far the making of vectors has come.</summary>
/// <param name="console">Its standard error shows it.</param>
/// <param name="time">Measures the rate.</param>
internal sealed class VectorProgressDisplay(ConsoleStreams console, TimeProvider time) : IProgress<(long Done, long Total)>, IDisposable
{
    private ProgressDisplay? _bar;

    /// <summary>How many vectors were made.</summary>
    public long Done { get; private set; }

    public void Report((long Done, long Total) value)
    {
        Done = value.Done;
        if (console.ErrorIsTerminal)
        {
            _bar ??= new ProgressDisplay(console, "Making vectors", value.Total, time, quantity: Quantity.Passages);
            _bar.Report(value.Done);
        }
    }

    public void Dispose() => _bar?.Dispose();
}
