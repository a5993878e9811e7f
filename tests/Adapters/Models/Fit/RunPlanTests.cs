using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Models.Fit;

public sealed class RunPlanTests : IDisposable
{
    private const long GB = 1_000_000_000;

    private static readonly MachineMemory Large = new(32 * GB, 30 * GB);

    private readonly ScratchFolder _folder = new();
    private readonly GgufFile _starter = GgufFile.Read(TestModels.StarterPath);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_wishes_and_measurements_a_model_runs_as_usual()
    {
        var plan = RunPlan.For(_starter, new RunWishes(), tuned: null, Large);

        Assert.Equal((new LlamaModelOptions(), new LlamaContextOptions { ContextLength = 2048 }), (plan.Model, plan.Context));
    }

    [Fact]
    public void What_was_measured_is_taken_and_wishes_overrule_it()
    {
        var tuned = new TunedChoice(FlashAttention: true, KvCacheType.Q8, Repack: false);

        var measured = RunPlan.For(_starter, new RunWishes { ContextTokens = 512 }, tuned, Large);
        var wished = RunPlan.For(_starter, new RunWishes { ContextTokens = 512, FlashAttention = false, Threads = 3 }, tuned, Large);

        Assert.Equal(new LlamaContextOptions { ContextLength = 512, FlashAttention = true, KeyValueType = KvCacheType.Q8 }, measured.Context);
        Assert.Equal(new LlamaContextOptions { ContextLength = 512, Threads = 3 }, wished.Context);
    }

    [Fact]
    public void Eight_bit_keys_and_values_switch_flash_attention_on()
    {
        var plan = RunPlan.For(_starter, new RunWishes { KeyValueType = KvCacheType.Q8 }, tuned: null, Large);

        Assert.True(plan.Context.FlashAttention);
    }

    [Fact]
    public void Wishes_that_contradict_each_other_are_refused()
    {
        var error = Assert.Throws<ModelException>(() => RunPlan.For(_starter, new RunWishes { KeyValueType = KvCacheType.Q8, FlashAttention = false }, tuned: null, Large));

        Assert.Equal(
            "Keys and values of the type 'q8_0' need flash attention: set 'model.flash_attention' to 'auto' or 'on', or 'model.kv_type' to 'auto'.", error.Message);
    }

    [Fact]
    public void What_would_be_ended_by_the_system_is_refused_with_the_numbers()
    {
        var error = Assert.Throws<ModelException>(() => RunPlan.For(_starter, new RunWishes(), tuned: null, new MachineMemory(GB, GB / 5)));

        Assert.Equal(ModelError.NoRoom, error.Error);
        Assert.Equal(
            "The model \"tinyllama-1.1b-chat.IQ2_XXS\" needs 0.6 GB = 0.3 weights + 0.0 keys and values + 0.2 buffers, of which all but the weights must be free, "
            + "and 0.2 GB are: choose a smaller --context or let --fit choose it, take a smaller quantisation, or close other programs.",
            error.Message);
    }

    [Fact]
    public void Mapped_weights_that_do_not_fit_are_a_warning()
    {
        var progress = new RecordedProgress<ModelProgress>();

        var plan = RunPlan.For(_starter, new RunWishes(), tuned: null, new MachineMemory(GB, GB / 2), progress);

        Assert.Equal([new ModelProgress("tinyllama-1.1b-chat.IQ2_XXS.gguf", ModelStage.ShortOfMemory, GB / 2, plan.Needs.TotalBytes)], progress.Reports);
    }

    [Fact]
    public void Repacking_that_was_measured_is_given_up_where_its_copy_does_not_fit()
    {
        var file = Large4BitModel();
        var tuned = TunedChoice.Usual with { Repack = true };

        var roomy = RunPlan.For(file, new RunWishes(), tuned, Large);
        var tight = RunPlan.For(file, new RunWishes(), tuned, Large with { Available = roomy.Needs.TotalBytes - 1 });

        Assert.Equal((true, false), (roomy.Model.Repack, tight.Model.Repack));
        Assert.Equal(roomy.Needs.TotalBytes - roomy.Needs.RepackedBytes, tight.Needs.TotalBytes);
    }

    [Fact]
    public void Fit_takes_the_whole_window_and_as_many_of_them_as_fit()
    {
        var plan = RunPlan.For(_starter, new RunWishes { Fit = true }, tuned: null, Large);

        Assert.Equal(new LlamaContextOptions { ContextLength = 2048, CacheTokens = 4 * 2048 }, plan.Context);
    }

    [Fact]
    public void Fit_takes_a_smaller_context_rather_than_refusing()
    {
        var plan = RunPlan.For(_starter, new RunWishes { Fit = true }, tuned: null, new MachineMemory(GB, 560_000_000));

        Assert.Equal(
            new LlamaContextOptions { ContextLength = 2048, CacheTokens = 2048, KeyValueType = KvCacheType.Q8, FlashAttention = true }, plan.Context);
    }

    private GgufFile Large4BitModel() => GgufFile.Read(RandomModel.Write(
        _folder["q4.gguf"], new LlamaShape { Layers = 2, Width = 256, Hidden = 512, Context = 512 }, RandomQuantisation.Q4_0));
}
