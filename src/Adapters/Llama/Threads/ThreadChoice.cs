using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Llama.Threads;

/// <summary>Chooses the number of threads for a model by what was measured on this machine, and measures where nothing was.</summary>
/// <param name="library">The engine.</param>
/// <param name="tunings">Where measurements are kept.</param>
/// <param name="time">Says when it was measured.</param>
public sealed class ThreadChoice(LlamaLibrary library, TuningFile tunings, TimeProvider time)
{
    /// <summary>The number of threads to begin with; a <see cref="ThreadGovernor"/> goes on from there.</summary>
    /// <param name="model">The model, loaded.</param>
    /// <param name="file">Its file.</param>
    /// <exception cref="ModelException">There is no room for a small context.</exception>
    public int For(LlamaModel model, GgufFile file)
    {
        ArgumentNullException.ThrowIfNull(model);
        var key = TuningKey.Of(library, file);
        var known = tunings.Find(key);
        if (known?.BestThreads is { } threads)
        {
            return threads;
        }

        if (Environment.ProcessorCount == 1)
        {
            return 1;
        }

        var tuning = (known ?? new ModelTuning(key, time.GetUtcNow())) with { Threads = ThreadMeasurement.Run(model) };
        tunings.Save(tuning);
        return tuning.BestThreads!.Value;
    }

    /// <summary>
    /// Lets threads be measured anew at the next loading, since what was measured is no longer true: to be called at unloading, where
    /// the governor ended with another number than it began with.
    /// </summary>
    public void Forget(GgufFile file)
    {
        if (tunings.Find(TuningKey.Of(library, file)) is { } known)
        {
            tunings.Save(known with { Threads = [] });
        }
    }
}
