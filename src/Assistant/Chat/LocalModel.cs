using System.Diagnostics;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Threads;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Chat;

/// <summary>A model that is checked, loaded and ready to answer.</summary>
internal sealed class LocalModel : IAsyncDisposable
{
    private readonly LoadedModel _model;
    private readonly LlamaEngine _engine;

    private LocalModel(LoadedModel model, LlamaEngine engine, LlamaChatClient client, TimeSpan loadTime)
    {
        _model = model;
        _engine = engine;
        Client = client;
        LoadTime = loadTime;
    }

    /// <summary>The model's name: its file without folder and ending, and its adapters.</summary>
    public string Name => _model.Name;

    /// <summary>The hash of its file.</summary>
    public string Sha256 => _model.Files.Model.Pin.Sha256;

    /// <summary>What acts on the model.</summary>
    public AdapterSet Adapters => _model.Adapters;

    /// <summary>Runs it.</summary>
    public LlamaEngine Engine => _engine;

    /// <summary>Talks to it.</summary>
    public LlamaChatClient Client { get; }

    /// <summary>How long it took to load, from the checked file to a ready context.</summary>
    public TimeSpan LoadTime { get; }

    /// <summary>Checks and loads a model; the starter is installed first where it is asked for and absent.</summary>
    /// <exception cref="Adapters.ModelException">The model cannot be found, trusted, or loaded.</exception>
    public static async Task<LocalModel> OpenAsync(
        LlamaLibrary library,
        ModelStore store,
        ModelOptions options,
        IProgress<ModelProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var files = await ModelFiles.CheckAsync(store, options.Name, progress, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var file = files.Model.File;
        var tunings = new TuningFile(store.Folder);
        var plan = RunPlan.For(file, options.Wishes(), tunings.Find(TuningKey.Of(library, file))?.Choice, MachineMemory.Read(), progress);
        var model = await LoadedModel.LoadAsync(library, files, plan.Model, cancellationToken);
        try
        {
            var threads = plan.Context.Threads ?? await Task.Run(() => new ThreadChoice(library, tunings, TimeProvider.System).For(model.Model, file), cancellationToken);
            var context = plan.Context with
            {
                Threads = threads,
                AdaptsThreads = plan.Context.Threads is null,
                ModelSha256 = files.Model.Pin.Sha256,
                Speculates = options.Speculates,
            };
            var engine = await LlamaEngine.CreateAsync(model.Model, context, cancellationToken);
            try
            {
                var client = new LlamaChatClient(engine, model.Name, options.Template == "auto" ? null : options.Template, model.Adapters);
                return new LocalModel(model, engine, client, Stopwatch.GetElapsedTime(started));
            }
            catch
            {
                await engine.DisposeAsync();
                throw;
            }
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _engine.DisposeAsync();
        _model.Dispose();
    }
}
