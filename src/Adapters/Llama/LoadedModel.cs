using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;

namespace PersonalAi.Adapters.Llama;

/// <summary>A model in the memory of this process, and the adapters that act on it.</summary>
public sealed class LoadedModel : IDisposable
{
    private readonly List<ScaledAdapter> _adapters = [];

    private LoadedModel(LlamaModel model) => Model = model;

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>What acts on it.</summary>
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
        _adapters.ForEach(scaled => scaled.Adapter.Dispose());
        Model.Dispose();
    }

    private static LoadedModel Load(
        LlamaLibrary library, ModelRequest request, GgufFile file, LlamaModelOptions? options, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        var loaded = new LoadedModel(LlamaModel.Load(library, request.Path, options, progress, cancellationToken));
        try
        {
            var model = new CheckedModel(file, request.Pin);
            foreach (var adapter in request.Adapters)
            {
                var checkedAdapter = new CheckedAdapter(adapter.Name, AdapterFile.Read(adapter.Path), adapter.Pin);
                loaded._adapters.Add(new ScaledAdapter(LlamaAdapter.Load(loaded.Model, model, checkedAdapter), adapter.Scale));
            }

            loaded.Adapters = AdapterSet.Of(loaded._adapters);
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }
}
