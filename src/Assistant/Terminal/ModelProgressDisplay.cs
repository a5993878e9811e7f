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
                _bar = value.TotalBytes >= WorthShowing ? new ProgressDisplay(console, Title(value), value.TotalBytes, time) : null;
            }

            _bar?.Report(value.DoneBytes);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _bar?.Dispose();
        }
    }

    private static string Title(ModelProgress work) => work.Stage switch
    {
        ModelStage.Assembling => $"Assembling {work.FileName}",
        ModelStage.Converting => $"Converting {work.FileName}",
        ModelStage.Hashing => $"Verifying {work.FileName}",
        _ => $"Waiting for another pai to finish {work.FileName}",
    };
}
