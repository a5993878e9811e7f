using System.Collections.Immutable;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Fit;

public sealed class GpuSplitTests
{
    private const long GB = 1_000_000_000;

    private readonly GgufFile _starter = GgufFile.Read(TestModels.StarterPath);

    [Fact]
    public void A_GPU_with_room_gets_the_whole_model_but_its_input()
    {
        var plan = PlanFor(new RunWishes(), Gpu(8));

        var share = Assert.Single(plan.Model.Gpu!.Shares);
        var input = _starter.Tensors.First(tensor => tensor.Name == "token_embd.weight").Bytes;
        Assert.Equal(new GpuShare("GPU0", 23, WithoutGpu.Needs.WeightBytes - input, WithoutGpu.Needs.KvBytes), share);
        Assert.Equal((input, 0), (plan.Needs.WeightBytes, plan.Needs.KvBytes));
    }

    [Fact]
    public void A_small_GPU_gets_the_last_layers_that_fit_beside_its_working_memory()
    {
        var free = WithoutGpu.Needs.ComputeBytes + (GB / 10);

        var plan = PlanFor(new RunWishes(), new GpuMemory("GPU0", GB, (long)(free / 0.95)));
        var more = PlanFor(new RunWishes { GpuLayers = plan.Model.Gpu!.Layers + 1 }, new GpuMemory("GPU0", GB, free));

        Assert.InRange(plan.Model.Gpu.Layers, 2, 20);
        Assert.InRange(BytesOn(plan, 0), 1, GB / 10);
        Assert.True(BytesOn(more, 0) > GB / 10);
        Assert.Equal(WithoutGpu.Needs.TotalBytes, plan.Needs.TotalBytes + BytesOn(plan, 0));
    }

    [Fact]
    public void Two_GPUs_share_by_what_is_free()
    {
        var plan = PlanFor(new RunWishes(), Gpu(3), Gpu(9) with { Device = "GPU1" });

        var shares = plan.Model.Gpu!.Shares;
        Assert.Equal(["GPU0", "GPU1"], shares.Select(share => share.Device));
        Assert.Equal(23, plan.Model.Gpu.Layers);
        Assert.InRange((double)BytesOn(plan, 0) / (BytesOn(plan, 0) + BytesOn(plan, 1)), 0.18, 0.30);
    }

    [Fact]
    public void Layers_that_fit_only_when_each_GPU_is_filled_are_still_taken()
    {
        var layers = ModelLayers.Of(_starter);
        var needs = WithoutGpu.Needs;
        var all = layers.With(needs.KvBytes);
        var first = all[..11].Sum(layer => layer.Total);
        var gpus = new[] { first, all[11..].Sum(layer => layer.Total) }.Select((bytes, i) => new GpuMemory($"GPU{i}", GB, (long)((bytes + needs.ComputeBytes) / 0.95) + 100));

        var split = GpuSplit.Of(layers, needs, wanted: null, [.. gpus]);

        Assert.Equal([11, 12], split!.Shares.Select(share => share.Layers));
    }

    [Fact]
    public void A_GPU_that_is_full_is_left_alone()
    {
        var plan = PlanFor(new RunWishes(), Gpu(0), Gpu(8) with { Device = "GPU1" });

        Assert.Equal(["GPU1"], plan.Model.Gpu!.Shares.Select(share => share.Device));
        Assert.Null(PlanFor(new RunWishes(), Gpu(0)).Model.Gpu);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(999, 23)]
    public void A_number_of_layers_is_taken_at_its_word(int wish, int layers)
    {
        var plan = PlanFor(new RunWishes { GpuLayers = wish }, Gpu(0), Gpu(0) with { Device = "GPU1" });

        Assert.Equal(layers, plan.Model.Gpu?.Layers ?? 0);
    }

    [Fact]
    public void Where_the_GPU_uses_the_memory_of_the_machine_nothing_is_relieved()
    {
        var plan = PlanFor(new RunWishes(), Gpu(8) with { IsShared = true });

        Assert.Equal((23, WithoutGpu.Needs), (plan.Model.Gpu!.Layers, plan.Needs));
    }

    [Fact]
    public void A_model_that_does_not_fit_the_machine_runs_where_it_fits_a_GPU()
    {
        var tight = new MachineMemory(GB, (long)(WithoutGpu.Needs.OwnBytes - 10_000_000));

        var plan = RunPlan.For(_starter, new RunWishes(), tuned: null, tight with { Gpus = [Gpu(8)] });

        Assert.Equal(23, plan.Model.Gpu!.Layers);
        Assert.Equal(ModelError.NoRoom, Assert.Throws<ModelException>(() => RunPlan.For(_starter, new RunWishes(), tuned: null, tight)).Error);
    }

    [Fact]
    public void A_wish_without_a_GPU_is_told()
    {
        var progress = new RecordedProgress<ModelProgress>();

        var plan = RunPlan.For(_starter, new RunWishes { GpuLayers = 5 }, tuned: null, new MachineMemory(32 * GB, 30 * GB), progress);

        Assert.Null(plan.Model.Gpu);
        Assert.Equal([new ModelProgress("tinyllama-1.1b-chat.IQ2_XXS.gguf", ModelStage.WithoutGpu, 0, 0)], progress.Reports);
    }

    [Fact]
    public void The_table_of_what_fits_counts_what_lies_on_a_GPU_there()
    {
        var table = FitTable.Of(_starter, new RunWishes(), tuned: null, new MachineMemory(GB, GB / 2) { Gpus = [Gpu(8)] });

        Assert.Equal((2048, 2 * 2048, 23), (table.Recommended!.Context.ContextLength, table.Recommended.Context.CacheTokens, table.Recommended.Gpu!.Layers));
        Assert.Equal(0, table.Recommended.Needs.KvBytes);
    }

    private RunPlan WithoutGpu => PlanFor(new RunWishes());

    private static GpuMemory Gpu(long gigabytes) => new("GPU0", 16 * GB, gigabytes * GB);

    private static long BytesOn(RunPlan plan, int index) => plan.Model.Gpu!.Shares[index].WeightBytes + plan.Model.Gpu.Shares[index].KvBytes;

    private RunPlan PlanFor(RunWishes wishes, params ImmutableArray<GpuMemory> gpus) =>
        RunPlan.Propose(_starter, wishes, tuned: null, new MachineMemory(32 * GB, 30 * GB) { Gpus = gpus });
}
