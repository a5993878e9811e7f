using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Lora;

/// <summary>Looks at the memory of the whole process, so no other test may take some meanwhile.</summary>
[Collection(nameof(LlamaAdapterMemoryTests))]
[CollectionDefinition(nameof(LlamaAdapterMemoryTests), DisableParallelization = true)]
public sealed class LlamaAdapterMemoryTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Loading_and_freeing_many_times_costs_no_memory()
    {
        var stop = TestContext.Current.CancellationToken;
        var store = new ModelStore(_folder.Path, "", TimeProvider.System);
        var file = await store.CheckAsync(TestModels.Stories15MPath, cancellationToken: stop);
        var written = new RandomAdapter(RandomAdapter.StoriesShape) { Rank = 64 }.Write(Path.Combine(store.Adapters.Folder, "big.gguf"));
        var adapter = await store.Adapters.CheckAsync(written, cancellationToken: stop);
        LlamaAdapter.Load(_model, file, adapter).Dispose();
        var before = Environment.WorkingSet;

        for (var i = 0; i < 50; i++)
        {
            LlamaAdapter.Load(_model, file, adapter).Dispose();
        }

        // Fifty of them would be some hundred megabytes.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 10 * adapter.File.Length);
    }
}
