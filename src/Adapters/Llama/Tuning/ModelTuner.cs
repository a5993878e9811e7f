using System.Collections.Immutable;
using System.Diagnostics;
using PersonalAi.Adapters.Llama.Threads;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>How far a measurement has come.</summary>
/// <param name="Doing">What is being measured: <c>flash attention, q8_0</c>.</param>
/// <param name="Done">Steps that are done.</param>
/// <param name="Steps">All steps.</param>
/// <param name="Left">How long the others will take, as the first ones went; null where nothing was measured yet.</param>
public sealed record TuningProgress(string Doing, int Done, int Steps, TimeSpan? Left);

/// <summary>
/// Measures how a model runs fastest on this machine: threads first, then repacking where llama.cpp can rearrange the weights, then
/// flash attention and 8-bit keys and values, each at the beginning of a context and far into one.
/// </summary>
/// <param name="library">The engine.</param>
/// <param name="file">The model.</param>
/// <param name="machine">The memory to measure in.</param>
/// <param name="time">Says when it was measured.</param>
public sealed class ModelTuner(LlamaLibrary library, GgufFile file, MachineMemory machine, TimeProvider time)
{
    private const int PromptTokens = 32, GeneratedTokens = 6, MostDepth = 2048;
    private const int MeasuredTokens = (2 * PromptTokens) + GeneratedTokens;

    // Tokens of prompt per second and billion parameters on one processor, where nothing is known yet; a good half of what was seen.
    private const double PromptRate = 30;

    private readonly ModelWeights _weights = ModelWeights.Of(file);
    private readonly int _deep = DepthFor(ModelShape.Of(file).ContextLength);

    /// <summary>How long it will take, roughly, before anything is measured.</summary>
    public TimeSpan Estimate
    {
        get
        {
            var billions = file.Tensors.Sum(tensor => (double)tensor.Elements) / 1e9;
            return TimeSpan.FromSeconds(2 + (Ways * 4 * PromptTokens * billions / PromptRate / Math.Min(Environment.ProcessorCount, 8) * 2));
        }
    }

    private bool TriesRepacking => _weights.RepackableBytes > _weights.Bytes / 2 && machine.Available > _weights.Bytes + (_weights.RepackableBytes * 1.2);

    private int Ways => TriesRepacking ? 4 : 3;

    /// <summary>Measures. The machine should have nothing else to do.</summary>
    /// <param name="threads">Threads to measure with; null finds out how many are best.</param>
    /// <param name="progress">Told before each step.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ModelException">The model cannot be loaded, or there is no room for it.</exception>
    public ModelTuning Run(int? threads = null, IProgress<TuningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var work = new Work(Ways + 1, progress, cancellationToken);
        ImmutableArray<ThreadSpeed> speeds = [];
        var measurements = ImmutableArray.CreateBuilder<TuningMeasurement>();
        var repack = false;
        using (var model = LlamaModel.Load(library, file.Path, cancellationToken: cancellationToken))
        {
            if (threads is null)
            {
                work.Begin("threads");
                speeds = ThreadMeasurement.Run(model);
                threads = speeds.MaxBy(speed => speed.TokensPerSecond)!.Threads;
            }

            work.Begin("as usual");
            measurements.Add(Measure(model, TunedChoice.Usual, threads.Value));
            if (!TriesRepacking)
            {
                MeasureAttention(model);
            }
        }

        if (TriesRepacking)
        {
            work.Begin("repacked weights");
            var repacked = TunedChoice.Usual with { Repack = true };
            using (var model = LlamaModel.Load(library, file.Path, new LlamaModelOptions { Repack = true }, cancellationToken: cancellationToken))
            {
                measurements.Add(Measure(model, repacked, threads.Value));
                repack = TuningDecision.Choose(measurements.ToImmutable()).Repack;
                if (repack)
                {
                    MeasureAttention(model);
                }
            }

            if (!repack)
            {
                using var model = LlamaModel.Load(library, file.Path, cancellationToken: cancellationToken);
                MeasureAttention(model);
            }
        }

        return new ModelTuning(TuningKey.Of(library, file), time.GetUtcNow()) { Measurements = measurements.ToImmutable(), Threads = speeds };

        void MeasureAttention(LlamaModel model)
        {
            foreach (var type in new[] { KvCacheType.F16, KvCacheType.Q8 })
            {
                work.Begin(type == KvCacheType.F16 ? "flash attention" : "flash attention, q8_0");
                measurements.Add(Measure(model, new TunedChoice(FlashAttention: true, type, repack), threads!.Value));
            }
        }
    }

    private TuningMeasurement Measure(LlamaModel model, TunedChoice choice, int threads)
    {
        using var context = new TimedContext(model, choice, _deep + MeasuredTokens, PromptTokens, threads);

        // The first token reads the weights from disk where they are not in memory yet.
        context.Step(1);
        var shallow = Speed(context);
        context.Deepen(_deep);
        return new TuningMeasurement(choice, shallow, Speed(context));
    }

    // The faster of two prompts counts: the other can only have been held up. Both stay, so that they can be doubled.
    private static TunedSpeed Speed(TimedContext context)
    {
        var depth = context.Depth;
        var (first, second) = (context.Evaluate(PromptTokens), context.Evaluate(PromptTokens));
        var prompt = first < second ? first : second;
        return new TunedSpeed(depth, PromptTokens / prompt.TotalSeconds, 1 / context.Step(GeneratedTokens).TotalSeconds);
    }

    // The prompts, doubled as often as it fits.
    private static int DepthFor(uint trained)
    {
        var depth = 2 * PromptTokens;
        while (depth * 2 <= Math.Min(trained == 0 ? MostDepth : trained - MeasuredTokens, MostDepth))
        {
            depth *= 2;
        }

        return depth;
    }

    private sealed class Work(int steps, IProgress<TuningProgress>? progress, CancellationToken cancellationToken)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private int _done = -1;

        public void Begin(string doing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _done++;
            TimeSpan? left = _done > 0 ? Stopwatch.GetElapsedTime(_started) / _done * (steps - _done) : null;
            progress?.Report(new TuningProgress(doing, _done, steps, left));
        }
    }
}
