using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Lora;

public sealed class LlamaAdapterTests : IDisposable
{
    private const string Story = ", there was a little girl named Lily. She loved to play outside in the sun";

    private static readonly LlamaContextOptions Small = new() { ContextLength = 256, Threads = 1 };
    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    private readonly ScratchFolder _folder = new();
    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task At_scale_0_the_model_writes_what_it_writes_alone_and_at_scale_1_something_else()
    {
        using var me = await LoadAsync("me", seed: 1);
        await using var engine = await LlamaEngine.CreateAsync(_model, Small, Test);

        var off = await TellAsync(engine, AdapterSet.Of(new ScaledAdapter(me, 0)));
        var on = await TellAsync(engine, AdapterSet.Of(new ScaledAdapter(me, 1)));
        var half = await TellAsync(engine, AdapterSet.Of(new ScaledAdapter(me, 0.5f)));

        Assert.Equal(Story, off.Text);
        Assert.Equal(4, new[] { Story, on.Text, half.Text, "" }.Distinct().Count());
    }

    [Fact]
    public async Task Two_act_together_and_each_alone_and_the_model_is_as_before_when_they_are_gone()
    {
        using var one = await LoadAsync("one", seed: 1);
        using var two = await LoadAsync("two", seed: 2);
        await using var engine = await LlamaEngine.CreateAsync(_model, Small, Test);
        var both = AdapterSet.Of(new ScaledAdapter(one, 1), new ScaledAdapter(two, 1));

        string[] texts = [(await TellAsync(engine, AdapterSet.Of(new ScaledAdapter(one, 1)))).Text, (await TellAsync(engine, AdapterSet.Of(new ScaledAdapter(two, 1)))).Text, (await TellAsync(engine, both)).Text];
        var after = await TellAsync(engine, AdapterSet.Empty);
        var again = await TellAsync(engine, both);

        Assert.Equal(4, texts.Append(Story).Distinct().Count());
        Assert.Equal(Story, after.Text);
        Assert.Equal(texts[2], again.Text);
    }

    [Fact]
    public async Task The_cache_never_mixes_adapters()
    {
        using var me = await LoadAsync("me", seed: 1);
        var set = AdapterSet.Of(new ScaledAdapter(me, 1));
        await using var engine = await LlamaEngine.CreateAsync(_model, Small, Test);
        await using var fresh = await LlamaEngine.CreateAsync(_model, Small, Test);
        await TellAsync(engine, AdapterSet.Empty);

        var first = await TellAsync(engine, set);
        var second = await TellAsync(engine, AdapterSet.Of(new ScaledAdapter(me, 1)));
        var without = await TellAsync(engine, AdapterSet.Empty);

        Assert.Equal((0, 4, 4), (first.Cached, second.Cached, without.Cached));
        Assert.Equal((await TellAsync(fresh, set)).Text, first.Text);
        Assert.Equal((first.Text, Story), (second.Text, without.Text));
    }

    [Fact]
    public async Task Requests_with_other_adapters_run_beside_each_other_and_each_writes_what_it_writes_alone()
    {
        using var one = await LoadAsync("one", seed: 1);
        using var two = await LoadAsync("two", seed: 2);
        AdapterSet[] sets = [AdapterSet.Empty, AdapterSet.Of(new ScaledAdapter(one, 1)), AdapterSet.Of(new ScaledAdapter(two, 0.5f)), AdapterSet.Empty];
        await using var alone = await LlamaEngine.CreateAsync(_model, Small with { Sequences = 1 }, Test);
        await using var engine = await LlamaEngine.CreateAsync(_model, Small, Test);

        var together = await Task.WhenAll(sets.Select(set => TellAsync(engine, set)));

        foreach (var (set, told) in sets.Zip(together))
        {
            Assert.Equal((await TellAsync(alone, set)).Text, told.Text);
        }
    }

    [Fact]
    public async Task Many_at_once_on_a_deep_model_do_not_outgrow_what_llama_cpp_plans_for()
    {
        var shape = new LlamaShape { Layers = 22, Width = 64, Hidden = 128 };
        var file = await Store.CheckAsync(RandomModel.Write(_folder["deep.gguf"], shape), cancellationToken: Test);
        using var model = LlamaModel.Load(Engine.Library, file.File.Path);
        await using var early = await LlamaEngine.CreateAsync(model, Small, Test);
        List<LlamaAdapter> adapters = [];
        for (var i = 0; i < 12; i++)
        {
            adapters.Add(LlamaAdapter.Load(model, file, await CheckAsync(new RandomAdapter(shape) { Seed = i }, $"a{i}")));
        }

        var set = AdapterSet.Of(adapters.Select(adapter => new ScaledAdapter(adapter, 0.1f)));
        await using var late = await LlamaEngine.CreateAsync(model, Small, Test);
        var texts = await Task.WhenAll(TellAsync(early, set), TellAsync(late, set));

        Assert.Equal(texts[0].Text, texts[1].Text);
        adapters.ForEach(adapter => adapter.Dispose());
    }

    [Fact]
    public async Task An_engine_keeps_the_adapters_that_are_set_loaded()
    {
        var me = await LoadAsync("me", seed: 1);
        var set = AdapterSet.Of(new ScaledAdapter(me, 1));
        await using var engine = await LlamaEngine.CreateAsync(_model, Small, Test);
        var before = await TellAsync(engine, set);

        me.Dispose();
        var after = await TellAsync(engine, set);

        Assert.Equal(before.Text, after.Text);
    }

    [Fact]
    public async Task One_that_was_unloaded_before_its_turn_fails_its_request_and_no_other()
    {
        var me = await LoadAsync("me", seed: 1);
        await using var engine = await LlamaEngine.CreateAsync(_model, Small, Test);
        me.Dispose();

        var error = await Assert.ThrowsAsync<ModelException>(() => TellAsync(engine, AdapterSet.Of(new ScaledAdapter(me, 1))));
        var other = await TellAsync(engine, AdapterSet.Empty);

        Assert.Equal((ModelError.Failed, "An adapter was unloaded before its request began: ask again."), (error.Error, error.Message));
        Assert.Equal(Story, other.Text);
    }

    [Fact]
    public async Task One_that_was_made_for_another_model_is_refused_before_llama_cpp_sees_it()
    {
        var other = await CheckAsync(new RandomAdapter(new LlamaShape()), "other");
        var file = await Store.CheckAsync(TestModels.Stories15MPath, cancellationToken: Test);

        var error = Assert.Throws<ModelException>(() => LlamaAdapter.Load(_model, file, other));

        Assert.Equal(
            "The adapter file 'other.gguf' changes the matrix \"blk.0.attn_q.weight\" with 64 x 4 and 4 x 64, which do not fit its 288 x 288 in the model 'stories15M.F16.gguf': use it with the model it was made for.",
            error.Message);
    }

    [Fact]
    public async Task Embeddings_are_changed_where_the_model_has_an_output_of_its_own()
    {
        var file = await Store.CheckAsync(RandomModel.Write(_folder["own.gguf"], new LlamaShape()), cancellationToken: Test);
        using var model = LlamaModel.Load(Engine.Library, file.File.Path);
        using var adapter = LlamaAdapter.Load(model, file, await CheckAsync(Embeddings(64), "embeddings"));
        await using var engine = await LlamaEngine.CreateAsync(model, Small, Test);

        var alone = await TellAsync(engine, AdapterSet.Empty);
        var changed = await TellAsync(engine, AdapterSet.Of(new ScaledAdapter(adapter, 4)));

        Assert.NotEqual(alone.Text, changed.Text);
    }

    [Fact]
    public async Task Embeddings_that_are_the_output_too_are_refused_since_llama_cpp_would_stop_the_process()
    {
        var file = await Store.CheckAsync(TestModels.Stories15MPath, cancellationToken: Test);
        var adapter = await CheckAsync(Embeddings(288), "embeddings");

        var error = Assert.Throws<ModelException>(() => LlamaAdapter.Load(_model, file, adapter));

        Assert.Equal(
            "The adapter file 'embeddings.gguf' changes the embeddings, which the model 'stories15M.F16.gguf' uses as its output too: choose an adapter without them.",
            error.Message);
    }

    private static RandomAdapter Embeddings(int width) => new(new LlamaShape())
    {
        Targets = [],
        Tensors = [("token_embd.weight.lora_a", GgmlType.F32, [4, 32000]), ("token_embd.weight.lora_b", GgmlType.F32, [4, width])],
    };

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private ModelStore Store => field ??= new(_folder.Path, "", TimeProvider.System);

    private async Task<LlamaAdapter> LoadAsync(string name, int seed) => LlamaAdapter.Load(
        _model,
        await Store.CheckAsync(TestModels.Stories15MPath, cancellationToken: Test),
        await CheckAsync(new RandomAdapter(RandomAdapter.StoriesShape) { Seed = seed }, name));

    private async Task<CheckedAdapter> CheckAsync(RandomAdapter adapter, string name) =>
        await Store.Adapters.CheckAsync(adapter.Write(Path.Combine(Store.Adapters.Folder, $"{name}.gguf")), cancellationToken: Test);

    private static async Task<(string Text, int Cached)> TellAsync(LlamaEngine engine, AdapterSet adapters)
    {
        int[] prompt = [1, .. engine.Model.Vocabulary.Tokenize("Once upon a time")];
        var request = new GenerationRequest(prompt) { MaxTokens = 18, Sampling = Greedy, Adapters = adapters, IgnoresEnd = true };
        var (text, result) = await engine.AnswerAsync(request, Test);
        return (text, result.CachedTokens);
    }
}
