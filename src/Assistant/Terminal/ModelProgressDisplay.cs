using PersonalAi.Adapters.Models;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Shows what is being done to model files, a bar for each piece of work; quick work shows nothing.</summary>
/// <param name="console">Its standard error shows it.</param>
/// <param name="time">Measures the rate.</param>
internal sealed class ModelProgressDisplay(ConsoleStreams console, TimeProvider time) : IProgress<ModelProgress>, IDisposable
{
    // A file below this is hashed in a blink.
    private const long WorthShowing = 64 << 20;

    private readonly Lock _lock = new();
    private ProgressDisplay? _bar;
    private (string, ModelStage)? _work;

    public void Report(ModelProgress value)
    {
        lock (_lock)
        {
            if (_work != (value.FileName, value.Stage))
            {
                _bar?.Dispose();
                _work = (value.FileName, value.Stage);
                _bar = IsWorthABar(value) ? new ProgressDisplay(console, Title(value), value.TotalBytes, time, value.DoneBytes) : null;
                if (value.Stage is ModelStage.Waiting or ModelStage.Reconnecting or ModelStage.ShortOfMemory or ModelStage.WithoutGpu)
                {
                    console.Error.WriteLine($"{Title(value)} ...");
                }
            }

            _bar?.Report(value.DoneBytes);
            if (value.DoneBytes >= value.TotalBytes)
            {
                // What is printed next begins a line of its own.
                _bar?.Dispose();
                _work = null;
            }
        }
    }

    /// <summary>Ends the line of the work that is shown, before something else is written.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            _bar?.Dispose();
            (_bar, _work) = (null, null);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _bar?.Dispose();
        }
    }

    private static bool IsWorthABar(ModelProgress work) => work.Stage switch
    {
        ModelStage.Waiting or ModelStage.Reconnecting or ModelStage.ShortOfMemory or ModelStage.WithoutGpu => false,
        ModelStage.Fetching or ModelStage.Quantising => true,
        _ => work.TotalBytes >= WorthShowing,
    };

    private static string Title(ModelProgress work) => work.Stage switch
    {
        ModelStage.Assembling => $"Assembling {work.FileName}",
        ModelStage.Converting => $"Converting {work.FileName}",
        ModelStage.Hashing => $"Verifying {work.FileName}",
        ModelStage.Fetching => $"Fetching {work.FileName}",
        ModelStage.Reconnecting => $"The connection was lost at {Quantity.Bytes(work.DoneBytes)} of {work.FileName}; trying again",
        ModelStage.ShortOfMemory =>
            $"{work.FileName} needs {Quantity.Bytes(work.TotalBytes)}, and {Quantity.Bytes(work.DoneBytes)} of memory are available: its weights are read from disk again and again",
        ModelStage.WithoutGpu => $"{work.FileName} runs on the processor, since the engine that was chosen offers no GPU here; 'pai doctor' says why",
        ModelStage.Quantising => $"Quantising {work.FileName}",
        ModelStage.Loading => $"Loading {work.FileName}",
        _ => $"Waiting for another pai to finish {work.FileName}",
    };
}
