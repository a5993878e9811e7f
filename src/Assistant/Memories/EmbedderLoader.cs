using PersonalAi.Adapters;
using PersonalAi.Adapters.Host;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Memories;

/// <summary>Loads the model that turns texts into vectors, once, in the engine process or in this one.</summary>
/// <param name="store">The model files.</param>
/// <param name="name">The embedding model, as it is configured.</param>
/// <param name="engine">The engine process; null where models are loaded in this process.</param>
/// <param name="library">llama.cpp in this process.</param>
internal sealed class EmbedderLoader(ModelStore store, string name, Lazy<EngineClient>? engine, Lazy<LlamaLibrary> library) : IAsyncDisposable
{
    private readonly SemaphoreSlim _loading = new(1);
    private TextEmbedder? _embedder;
    private LoadedEmbedder? _loaded;

    /// <summary>The model; loaded when it is first asked for, and installed where it can be and is absent.</summary>
    /// <exception cref="ModelException">The model cannot be found, trusted, or loaded, or is no embedding model.</exception>
    public async Task<TextEmbedder> OpenAsync(IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            return _embedder ??= await LoadAsync(progress, cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Unloads the model where it lives in this process.</summary>
    public async ValueTask DisposeAsync()
    {
        _embedder?.Generator.Dispose();
        if (_loaded is not null)
        {
            await _loaded.DisposeAsync();
        }

        _loading.Dispose();
    }

    private async Task<TextEmbedder> LoadAsync(IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var model = await store.CheckAsync(await store.FindAsync(name, progress, cancellationToken), progress, cancellationToken);
        var request = new EmbedderRequest(Path.GetFullPath(model.File.Path), model.Pin.Sha256) { Options = new LlamaEmbeddingOptions { Threads = 1 } };
        var space = SpaceOf(model);
        if (engine is not null)
        {
            return new TextEmbedder(new LongTextEmbeddings(new RemoteEmbeddingGenerator(engine.Value, request)), space);
        }

        _loaded = await LoadedEmbedder.OpenAsync(library.Value, request, cancellationToken);
        return new TextEmbedder(new LongTextEmbeddings(_loaded.Generator), space);
    }

    // llama.h, enum llama_pooling_type: 1 mean, 2 cls, 3 last.
    private static EmbeddingSpace SpaceOf(CheckedModel model)
    {
        var metadata = model.File.Metadata;
        var architecture = metadata.GetString("general.architecture");
        var pooling = metadata.TryGetUInt32($"{architecture}.pooling_type", out var type) && type is >= 1 and <= 3
            ? type switch { 1 => "mean", 2 => "cls", _ => "last" }
            : throw new ModelException(ModelError.Unsupported, $"The model '{model.File.Path}' is no embedding model: it does not say how to pool its tokens.");
        return metadata.TryGetUInt32($"{architecture}.embedding_length", out var dimensions)
            ? new EmbeddingSpace(model.Pin.Sha256, pooling, (int)dimensions)
            : throw new ModelException(ModelError.Unsupported, $"The model '{model.File.Path}' does not say how long its vectors are; convert it again.");
    }
}
