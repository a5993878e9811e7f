using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Lora;

public sealed class AdapterSetTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);
    private readonly List<LlamaAdapter> _adapters = [];

    private LlamaAdapter One => _adapters[0];

    private LlamaAdapter OneAgain => _adapters[1];

    private LlamaAdapter Two => _adapters[2];

    public async ValueTask InitializeAsync()
    {
        var store = new ModelStore(_folder.Path, "", TimeProvider.System);
        var file = await store.CheckAsync(TestModels.Stories15MPath);
        foreach (var (name, seed) in new[] { ("one", 1), ("copy", 1), ("two", 2) })
        {
            var path = new RandomAdapter(RandomAdapter.StoriesShape) { Seed = seed, Targets = ["attn_q"] }.Write(_folder[$"{name}.gguf"]);
            _adapters.Add(LlamaAdapter.Load(_model, file, await store.Adapters.CheckAsync(path)));
        }
    }

    public ValueTask DisposeAsync()
    {
        _adapters.ForEach(adapter => adapter.Dispose());
        _model.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Sets_are_equal_if_the_same_files_act_equally_strongly()
    {
        var set = AdapterSet.Of(new ScaledAdapter(One, 1), new ScaledAdapter(Two, 0.5f));

        Assert.Equal(set, AdapterSet.Of(new ScaledAdapter(Two, 0.5f), new ScaledAdapter(OneAgain, 1)));
        Assert.Equal(set.GetHashCode(), AdapterSet.Of(new ScaledAdapter(Two, 0.5f), new ScaledAdapter(OneAgain, 1)).GetHashCode());
        Assert.NotEqual(set, AdapterSet.Of(new ScaledAdapter(One, 1), new ScaledAdapter(Two, 0.6f)));
        Assert.NotEqual(set, AdapterSet.Of(new ScaledAdapter(One, 1)));
        Assert.NotEqual(AdapterSet.Of(new ScaledAdapter(One, 1)), AdapterSet.Of(new ScaledAdapter(Two, 1)));
        Assert.False(set.Equals(null));
    }

    [Fact]
    public void What_does_not_act_is_not_in_it() => Assert.Equal(AdapterSet.Empty, AdapterSet.Of(new ScaledAdapter(One, 0)));

    [Fact]
    public void The_same_file_twice_is_refused()
    {
        var error = Assert.Throws<ModelException>(() => AdapterSet.Of(new ScaledAdapter(One, 1), new ScaledAdapter(Two, 1), new ScaledAdapter(OneAgain, 0)));

        Assert.Equal($"The adapters '{_folder["one.gguf"]}' and '{_folder["copy.gguf"]}' are the same file: name it once, with one scale.", error.Message);
    }

    [Fact]
    public void An_endless_scale_is_refused()
    {
        var error = Assert.Throws<ModelException>(() => AdapterSet.Of(new ScaledAdapter(Two, float.PositiveInfinity)));

        Assert.StartsWith($"The adapter '{_folder["two.gguf"]}' has the scale ", error.Message, StringComparison.Ordinal);
    }
}
