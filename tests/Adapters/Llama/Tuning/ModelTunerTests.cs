using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Threads;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tuning;

public sealed class ModelTunerTests : IDisposable
{
    private static readonly LlamaShape Shape = new() { Layers = 4, Width = 256, Hidden = 4096, Context = 512 };

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(KvCacheType.F16, false)]
    [InlineData(KvCacheType.F16, true)]
    [InlineData(KvCacheType.Q8, true)]
    public void A_cache_gets_deep_by_doubling(KvCacheType type, bool flashAttention)
    {
        using var model = LlamaModel.Load(Engine.Library, Model(RandomQuantisation.Q4_0));
        using var context = new TimedContext(model, new TunedChoice(flashAttention, type, Repack: false), cells: 512, batch: 32, threads: 1);
        context.Evaluate(32);

        context.Deepen(256);

        Assert.Equal(256, context.Depth);
        context.Evaluate(32);
        context.Step(2);
        Assert.Equal(288, context.Depth);
    }

    [Fact]
    public void All_ways_are_measured_for_a_model_that_can_be_repacked()
    {
        var progress = new RecordedProgress<TuningProgress>();

        var tuning = Tuner(RandomQuantisation.Q4_0).Run(threads: 1, progress, TestContext.Current.CancellationToken);

        var repack = tuning.Measurements[2].Choice.Repack;
        Assert.Equal(
            [
                TunedChoice.Usual, TunedChoice.Usual with { Repack = true },
                new TunedChoice(FlashAttention: true, KvCacheType.F16, repack), new TunedChoice(FlashAttention: true, KvCacheType.Q8, repack),
            ],
            tuning.Measurements.Select(measurement => measurement.Choice));
        Assert.All(tuning.Measurements, measurement => Assert.Equal((0, 256), (measurement.Shallow.Depth, measurement.Deep.Depth)));
        Assert.All(tuning.Measurements, measurement => Assert.InRange(measurement.TypicalTurn.TotalSeconds, 0.0001, 100));
        Assert.Equal(Enumerable.Range(0, 9), progress.Reports.Select(value => value.Done));
    }

    [Fact]
    public void What_cannot_be_repacked_is_not()
    {
        var tuning = Tuner(RandomQuantisation.F16).Run(threads: 1, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(tuning.Measurements, measurement => Assert.False(measurement.Choice.Repack));
        Assert.Equal(3, tuning.Measurements.Length);
    }

    [Fact]
    public void It_stops_between_two_steps()
    {
        using var stop = new CancellationTokenSource();
        var progress = new RecordedProgress<TuningProgress>(_ => stop.Cancel());

        Assert.Throws<OperationCanceledException>(() => Tuner(RandomQuantisation.F16).Run(threads: 1, progress, stop.Token));
        Assert.Single(progress.Reports);
    }

    [Fact]
    public void Threads_are_measured_once_and_kept()
    {
        var path = Model(RandomQuantisation.F16);
        var file = GgufFile.Read(path);
        using var model = LlamaModel.Load(Engine.Library, path);
        var tunings = new TuningFile(_folder.Path);
        var choice = new ThreadChoice(Engine.Library, tunings, TimeProvider.System);

        var first = choice.For(model, file);
        var kept = tunings.Find(TuningKey.Of(Engine.Library, file));
        var second = choice.For(model, file);

        Assert.InRange(first, 1, Environment.ProcessorCount);
        Assert.Equal((first, first), (second, kept?.BestThreads ?? 1));
        Assert.Null(kept?.Choice);
    }

    [Fact]
    public void Threads_that_are_forgotten_leave_the_other_measurements()
    {
        var file = GgufFile.Read(Model(RandomQuantisation.F16));
        var tunings = new TuningFile(_folder.Path);
        var tuning = new ModelTuning(TuningKey.Of(Engine.Library, file), DateTimeOffset.UnixEpoch)
        {
            Measurements = [new(TunedChoice.Usual, new(0, 100, 10), new(2048, 50, 5))],
            Threads = [new(2, 10)],
        };
        tunings.Save(tuning);

        new ThreadChoice(Engine.Library, tunings, TimeProvider.System).Forget(file);

        var kept = tunings.Find(tuning.Key)!;
        Assert.Equal((null, TunedChoice.Usual), (kept.BestThreads, kept.Choice));
    }

    private ModelTuner Tuner(RandomQuantisation quantisation) =>
        new(Engine.Library, GgufFile.Read(Model(quantisation)), MachineMemory.Read(), TimeProvider.System);

    private string Model(RandomQuantisation quantisation) => RandomModel.Write(_folder[$"{quantisation}.gguf"], Shape, quantisation);
}
