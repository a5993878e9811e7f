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
    private const int Rounds = 2, PromptTokens = 32, GeneratedTokens = 4, MostDepth = 2048;
    private const int MeasuredTokens = (2 * PromptTokens) + GeneratedTokens;

    // Tokens of prompt per second and billion parameters on one processor, where nothing is known yet; a good half of what was seen.
    private const double PromptRate = 30;

    /// <summary>The layers that lie on GPUs while it is measured; null for none.</summary>
    public GpuSplit? Gpu { get; init; }

    private readonly ModelWeights _weights = ModelWeights.Of(file);
    private readonly ModelShape _shape = ModelShape.Of(file);
    private readonly int _deep = DepthFor(ModelShape.Of(file).ContextLength);

    /// <summary>How long it will take, roughly, before anything is measured.</summary>
    public TimeSpan Estimate
    {
        get
        {
            var billions = file.Tensors.Sum(tensor => (double)tensor.Elements) / 1e9;
            return TimeSpan.FromSeconds(2 + (Rounds * Ways * 4 * PromptTokens * billions / PromptRate / Math.Min(Environment.ProcessorCount, 8) * 2));
        }
    }

    private bool TriesRepacking => _weights.RepackableBytes > _weights.Bytes / 4 && machine.Available > _weights.Bytes + (_weights.RepackableBytes * 1.2);

    private int Ways => WaysOfAttention(repack: false).Length + (TriesRepacking ? 1 : 0);

    /// <summary>Measures. The machine should have nothing else to do.</summary>
    /// <param name="threads">Threads to measure with; null finds out how many are best.</param>
    /// <param name="progress">Told before each step.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ModelException">The model cannot be loaded, or there is no room for it.</exception>
    public ModelTuning Run(int? threads = null, IProgress<TuningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var work = new Work(1 + (Rounds * Ways), progress, cancellationToken);
        ImmutableArray<ThreadSpeed> speeds = [];
        var measured = new Measurements();
        using (var model = Load(repack: false))
        {
            work.Begin("threads");
            speeds = threads is null ? ThreadMeasurement.Run(model) : [];
            threads ??= speeds.MaxBy(speed => speed.TokensPerSecond)!.Threads;
            MeasureAll(model, TriesRepacking ? [TunedChoice.Usual] : WaysOfAttention(repack: false));
        }

        if (TriesRepacking)
        {
            using (var model = Load(repack: true))
            {
                MeasureAll(model, [TunedChoice.Usual with { Repack = true }]);
            }

            // The two do not depend on each other, so attention is measured only with the weights that are the faster ones.
            var repack = TuningDecision.Choose(measured.All).Repack;
            using var better = Load(repack);
            MeasureAll(better, WaysOfAttention(repack)[1..]);
        }

        return new ModelTuning(TuningKey.Of(library, file), time.GetUtcNow()) { Measurements = measured.All, Threads = speeds };

        LlamaModel Load(bool repack) =>
            LlamaModel.Load(library, file.Path, new LlamaModelOptions { Repack = repack, Gpu = Gpu }, cancellationToken: cancellationToken);

        void MeasureAll(LlamaModel model, ImmutableArray<TunedChoice> ways)
        {
            // In turns, so that somebody else's work slows down all ways alike.
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var way in ways)
                {
                    work.Begin(Name(way));
                    measured.Add(Measure(model, way, threads!.Value));
                }
            }
        }
    }

    private static string Name(TunedChoice way)
    {
        var attention = way.FlashAttention ? "flash attention" : "as usual";
        return attention + (way.KeyValueType == KvCacheType.Q8 ? ", q8_0" : "") + (way.Repack ? ", repacked weights" : "");
    }

    private ImmutableArray<TunedChoice> WaysOfAttention(bool repack)
    {
        ImmutableArray<TunedChoice> ways = [new(false, KvCacheType.F16, repack), new(true, KvCacheType.F16, repack)];
        return _shape.TakesBlocks ? ways.Add(new TunedChoice(true, KvCacheType.Q8, repack)) : ways;
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

    /// <summary>The best that was seen of each way, in the order in which the ways were first tried.</summary>
    private sealed class Measurements
    {
        private readonly List<TuningMeasurement> _all = [];

        public ImmutableArray<TuningMeasurement> All => [.. _all];

        public void Add(TuningMeasurement measurement)
        {
            var index = _all.FindIndex(known => known.Choice == measurement.Choice);
            if (index < 0)
            {
                _all.Add(measurement);
                return;
            }

            var known = _all[index];
            _all[index] = known with { Shallow = Faster(known.Shallow, measurement.Shallow), Deep = Faster(known.Deep, measurement.Deep) };
        }

        private static TunedSpeed Faster(TunedSpeed one, TunedSpeed other) => new(
            one.Depth, Math.Max(one.PromptTokensPerSecond, other.PromptTokensPerSecond), Math.Max(one.TokensPerSecond, other.TokensPerSecond));
    }

    private sealed class Work(int steps, IProgress<TuningProgress>? progress, CancellationToken cancellationToken)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private int _done = -1;

        public void Begin(string doing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _done++;

            // Finding out about threads takes far less than the other steps.
            TimeSpan? left = _done > 1 ? Stopwatch.GetElapsedTime(_started) / _done * (steps - _done) : null;
            progress?.Report(new TuningProgress(doing, _done, steps, left));
        }
    }
}
