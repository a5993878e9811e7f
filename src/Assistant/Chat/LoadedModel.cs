using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Models.Lora;

namespace PersonalAi.Assistant.Chat;

/// <summary>A model that is checked and in memory, and the adapters that a reference names with it.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly List<ScaledAdapter> _adapters = [];

    private LoadedModel(ModelFiles files, LlamaModel model)
    {
        Files = files;
        Model = model;
    }

    /// <summary>What it was loaded from.</summary>
    public ModelFiles Files { get; }

    /// <summary>The model's file without folder and ending, and its adapters as a reference names them.</summary>
    public string Name => $"{new ModelRef(Path.GetFileNameWithoutExtension(Files.Model.File.Path), [.. Files.Adapters.Select(adapter => new AdapterRef(adapter.Adapter.Name, adapter.Scale))])}";

    /// <summary>The model in memory.</summary>
    public LlamaModel Model { get; }

    /// <summary>What acts on the model.</summary>
    public AdapterSet Adapters { get; private set; } = AdapterSet.Empty;

    /// <summary>Loads a model, and then its adapters.</summary>
    /// <exception cref="PersonalAi.Adapters.ModelException">One of them cannot be loaded, or they do not belong together.</exception>
    public static Task<LoadedModel> LoadAsync(
        LlamaLibrary library, ModelFiles files, LlamaModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(library, files, options, cancellationToken), cancellationToken);

    public void Dispose()
    {
        foreach (var scaled in _adapters)
        {
            scaled.Adapter.Dispose();
        }

        Model.Dispose();
    }

    private static LoadedModel Load(LlamaLibrary library, ModelFiles files, LlamaModelOptions? options, CancellationToken cancellationToken)
    {
        var loaded = new LoadedModel(files, LlamaModel.Load(library, files.Model.File.Path, options, cancellationToken: cancellationToken));
        try
        {
            foreach (var (adapter, scale) in files.Adapters)
            {
                loaded._adapters.Add(new ScaledAdapter(LlamaAdapter.Load(loaded.Model, files.Model, adapter), scale));
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
