using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tuning;

public sealed class TuningFileTests : IDisposable
{
    private static readonly TuningKey Key = new("machine, 2 processors, llama.cpp 0.5.0", "llama 1.1B IQ2_XXS");
    private static readonly TunedChoice Flash = new(FlashAttention: true, KvCacheType.F16, Repack: false);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_measured_is_found_again_for_the_same_machine_and_kind_only()
    {
        var tuning = new ModelTuning(Key, DateTimeOffset.UnixEpoch) { Measurements = [Turn(TunedChoice.Usual, 10), Turn(Flash, 20)], Threads = [new(2, 20.5), new(1, 11)] };

        new TuningFile(_folder.Path).Save(tuning);

        var found = new TuningFile(_folder.Path).Find(Key)!;
        Assert.Equal((Flash, 2, 2), (found.Choice, found.BestThreads, found.Measurements.Length));
        Assert.Null(new TuningFile(_folder.Path).Find(Key with { Machine = "machine, 4 processors, llama.cpp 0.5.0" }));
    }

    [Fact]
    public void A_damaged_file_is_as_good_as_none()
    {
        File.WriteAllText(_folder["tuning.json"], "[{ \"key\":");
        var file = new TuningFile(_folder.Path);

        Assert.Null(file.Find(Key));
        file.Save(new ModelTuning(Key, DateTimeOffset.UnixEpoch));
        Assert.NotNull(file.Find(Key));
    }

    // 100 and 10 tokens/s make a turn of 256 and 128 tokens 15.36 s.
    [Theory]
    [InlineData(10.3, false)]
    [InlineData(10.7, true)]
    [InlineData(9, false)]
    public void A_way_is_chosen_where_a_typical_turn_is_5_percent_faster(double answer, bool chosen) =>
        Assert.Equal(chosen ? Flash : TunedChoice.Usual, TuningDecision.Choose([Turn(TunedChoice.Usual, 10), Turn(Flash, answer)]));

    [Fact]
    public void A_typical_turn_is_half_shallow_and_half_deep()
    {
        var way = new TuningMeasurement(Flash, new(0, 256, 128), new(2048, 128, 32));

        Assert.Equal(TimeSpan.FromSeconds((1 + 1 + 2 + 4) / 2.0), way.TypicalTurn);
    }

    [Fact]
    public void Models_of_a_kind_share_a_measurement() =>
        Assert.Equal("llama 1.1B IQ2_XXS", TuningKey.KindOf(GgufFile.Read(TestModels.StarterPath)));

    private static TuningMeasurement Turn(TunedChoice choice, double answer) => new(choice, new(0, 100, answer), new(2048, 100, answer));
}
