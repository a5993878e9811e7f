using System.Collections.Immutable;
using System.Diagnostics;
using PersonalAi.Adapters.Llama.Tuning;

namespace PersonalAi.Adapters.Llama.Threads;

/// <summary>
/// Measures with how many threads a model generates fastest. llama.cpp's threads wait for each other in a loop, so on a machine
/// that has other work a thread too many costs more than it brings.
/// </summary>
internal static class ThreadMeasurement
{
    private const int MostSteps = 3, Cells = 256;

    // No further number of threads is tried when a step with it would not fit into this.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);

    /// <summary>Tries all processors, then half of them, and so on while that is no slower: milliseconds for small models.</summary>
    /// <returns>At least one speed, in the order in which they were measured.</returns>
    public static ImmutableArray<ThreadSpeed> Run(LlamaModel model)
    {
        var started = Stopwatch.GetTimestamp();
        var speeds = ImmutableArray.CreateBuilder<ThreadSpeed>();
        using var context = new TimedContext(model, TunedChoice.Usual, Cells, batch: 8, Environment.ProcessorCount);

        // The first token reads the weights from disk where they are not in memory yet.
        var step = context.Step(1);
        foreach (var threads in Candidates(Environment.ProcessorCount))
        {
            context.Use(threads);
            step = context.Step(Math.Clamp((int)(Budget / 5 / step), 1, MostSteps));
            speeds.Add(new ThreadSpeed(threads, 1 / step.TotalSeconds));
            if (IsSlower(speeds) || Stopwatch.GetElapsedTime(started) + (2 * step) > Budget)
            {
                break;
            }
        }

        return speeds.ToImmutable();
    }

    /// <summary>All of them, and their halves down to one.</summary>
    internal static IEnumerable<int> Candidates(int processors)
    {
        for (var threads = processors; threads > 0; threads /= 2)
        {
            yield return threads;
        }
    }

    private static bool IsSlower(ImmutableArray<ThreadSpeed>.Builder speeds) =>
        speeds is [.., var before, var last] && last.TokensPerSecond < before.TokensPerSecond * 0.9;
}
