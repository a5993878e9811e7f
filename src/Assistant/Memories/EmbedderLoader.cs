using System.Collections.Concurrent;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Host;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Memories;

/// <summary>Loads the models that turn texts into vectors, each once, in the engine process or in this one.</summary>
/// <param name="store">The model files.</param>
/// <param name="name">The embedding model, as it is configured.</param>
/// <param name="engine">The engine process; null where models are loaded in this process.</param>
/// <param name="library">llama.cpp in this process.</param>
internal sealed class EmbedderLoader(ModelStore store, string name, Lazy<EngineClient>? engine, Lazy<LlamaLibrary> library) : IAsyncDisposable
{
    private readonly SemaphoreSlim _loading = new(1);
    private readonly ConcurrentDictionary<string, TextEmbedder> _embedders = [];
    private readonly List<LoadedEmbedder> _owned = [];

    /// <summary>The configured model; loaded when it is first asked for, and installed where it can be and is absent.</summary>
    /// <exception cref="ModelException">The model cannot be found, trusted, or loaded, or is no embedding model.</exception>
    public async Task<TextEmbedder> OpenAsync(IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await OpenAsync(await store.FindAsync(name, progress, cancellationToken), progress, cancellationToken);

    /// <summary>The configured model; null where it cannot be used, and words alone must do.</summary>
    public async Task<TextEmbedder?> OpenOrNullAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await OpenAsync(cancellationToken: cancellationToken);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    /// <summary>The model that made the vectors of a space; null where it is not in the models folder any more.</summary>
    /// <exception cref="ModelException">The model cannot be trusted or loaded.</exception>
    public async Task<TextEmbedder?> OpenAsync(EmbeddingSpace space, CancellationToken cancellationToken = default) =>
        // Listing reads the header of every model, which is not to be done for each question.
        _embedders.Values.FirstOrDefault(embedder => embedder.Space == space)
        ?? (store.List().FirstOrDefault(model => model.Sha256 == space.ModelSha256) is { } model ? await OpenAsync(model.Path, progress: null, cancellationToken) : null);

    /// <summary>Unloads what lives in this process.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var embedder in _embedders.Values)
        {
            embedder.Generator.Dispose();
        }

        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }

        _loading.Dispose();
    }

    private async Task<TextEmbedder> OpenAsync(string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (!_embedders.TryGetValue(path, out var embedder))
            {
                _embedders[path] = embedder = await LoadAsync(path, progress, cancellationToken);
            }

            return embedder;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<TextEmbedder> LoadAsync(string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var model = await store.CheckAsync(path, progress, cancellationToken);
        var request = new EmbedderRequest(Path.GetFullPath(model.File.Path), model.Pin.Sha256);
        var space = SpaceOf(model);
        if (engine is not null)
        {
            return new TextEmbedder(new LongTextEmbeddings(new RemoteEmbeddingGenerator(engine.Value, request)), space);
        }

        var loaded = await LoadedEmbedder.OpenAsync(library.Value, request, cancellationToken);
        _owned.Add(loaded);
        return new TextEmbedder(new LongTextEmbeddings(loaded.Generator), space);
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
