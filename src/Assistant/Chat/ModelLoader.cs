using System.Diagnostics;
using PersonalAi.Adapters.Host;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Chat;

/// <summary>Finds and checks models, and has them loaded: in the engine process, or in this one.</summary>
/// <param name="store">Finds models, and lets only trusted ones through.</param>
/// <param name="engine">The engine process; null loads models in this process.</param>
/// <param name="library">Loads llama.cpp, where models are loaded in this process.</param>
internal sealed class ModelLoader(ModelStore store, Lazy<EngineClient>? engine, Lazy<LlamaLibrary> library)
{
    /// <summary>A model that answers; the starter is installed first where it is asked for and absent.</summary>
    /// <exception cref="Adapters.ModelException">The model cannot be found, trusted, or loaded.</exception>
    public async Task<LocalModel> OpenAsync(ModelOptions options, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var request = await CheckAsync(options, progress, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        if (engine is null)
        {
            var model = await RunningModel.OpenAsync(library.Value, request, progress, cancellationToken);
            return new LocalModel(request, model.Client, library.Value.Version, Stopwatch.GetElapsedTime(started), model);
        }

        var client = await engine.Value.OpenChatAsync(request, progress, cancellationToken);
        return new LocalModel(request, client, client.Model.EngineVersion, Stopwatch.GetElapsedTime(started), owned: null);
    }

    /// <summary>Finds a model and makes sure that its bytes are those that are trusted.</summary>
    /// <exception cref="Adapters.ModelException">The model cannot be found or trusted.</exception>
    public async Task<ModelRequest> CheckAsync(ModelOptions options, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var files = await ModelFiles.CheckAsync(store, options.Name, progress, cancellationToken);
        var draft = await CheckDraftAsync(options.Draft, progress, cancellationToken);
        return new ModelRequest(Path.GetFullPath(files.Model.File.Path), files.Model.Pin)
        {
            Adapters = [.. files.Adapters.Select(adapter => new AdapterRequest(adapter.Adapter.Name, adapter.Adapter.File.Path, adapter.Adapter.Pin, adapter.Scale))],
            Draft = draft,
            Wishes = options.Wishes(),
            Speculates = options.Speculates,
            TuningFolder = store.Folder,
            Template = options.Template == "auto" ? null : options.Template,
        };
    }

    private async Task<DraftRequest?> CheckDraftAsync(string name, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        if (name == "none")
        {
            return null;
        }

        var draft = await store.CheckAsync(await store.FindAsync(name, progress, cancellationToken), progress, cancellationToken);
        return new DraftRequest(Path.GetFullPath(draft.File.Path), draft.Pin);
    }
}
