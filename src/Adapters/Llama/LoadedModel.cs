using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;

namespace PersonalAi.Adapters.Llama;

/// <summary>A model in the memory of this process, and the adapters that act on it.</summary>
public sealed class LoadedModel : IDisposable
{
    private readonly CheckedModel _file;
    private readonly Dictionary<string, LlamaAdapter> _adapters = [];

    private LoadedModel(CheckedModel file, LlamaModel model) => (_file, Model) = (file, model);

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>What acts on it, as the request for it says.</summary>
    public AdapterSet Adapters { get; private set; } = AdapterSet.Empty;

    /// <summary>Loads a model, and then its adapters.</summary>
    /// <param name="library">The engine.</param>
    /// <param name="request">Which model, and which adapters.</param>
    /// <param name="file">The header of the model's file.</param>
    /// <param name="options">How it is loaded.</param>
    /// <param name="progress">Receives the loaded part, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="ModelException">One of them cannot be loaded, or they do not belong together.</exception>
    public static Task<LoadedModel> LoadAsync(
        LlamaLibrary library,
        ModelRequest request,
        GgufFile file,
        LlamaModelOptions? options = null,
        IProgress<float>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.Run(() => Load(library, request, file, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Frees both as soon as no context uses them any more.</summary>
    public void Dispose()
    {
        foreach (var adapter in _adapters.Values)
        {
            adapter.Dispose();
        }

        Model.Dispose();
    }

    /// <summary>Adapters that shall act together; those that are not in memory yet are loaded. Not while the model computes.</summary>
    /// <exception cref="ModelException">One cannot be loaded, or does not belong to the model.</exception>
    internal AdapterSet Use(IEnumerable<AdapterRequest> adapters) =>
        AdapterSet.Of([.. adapters.Select(adapter => new ScaledAdapter(Load(adapter), adapter.Scale))]);

    private LlamaAdapter Load(AdapterRequest adapter)
    {
        if (!_adapters.TryGetValue(adapter.Pin.Sha256, out var loaded))
        {
            loaded = LlamaAdapter.Load(Model, _file, new CheckedAdapter(adapter.Name, AdapterFile.Read(adapter.Path), adapter.Pin));
            _adapters.Add(adapter.Pin.Sha256, loaded);
        }

        return loaded;
    }

    private static LoadedModel Load(
        LlamaLibrary library, ModelRequest request, GgufFile file, LlamaModelOptions? options, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        var loaded = new LoadedModel(new CheckedModel(file, request.Pin), LlamaModel.Load(library, request.Path, options, progress, cancellationToken));
        try
        {
            loaded.Adapters = loaded.Use(request.Adapters);
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }
}
