using System.Diagnostics;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Threads;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
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
    public string Sha256 => _model.File.Pin.Sha256;

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
        var model = await LoadedModel.OpenAsync(library, store, options, progress, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var context = await ContextOptionsAsync(library, store, options, model, cancellationToken);
            var engine = await LlamaEngine.CreateAsync(model.Model, context, cancellationToken);
            try
            {
                var client = new LlamaChatClient(engine, model.Name, options.Template == "auto" ? null : options.Template, model.Adapters);
                return new LocalModel(model, engine, client, model.LoadTime + Stopwatch.GetElapsedTime(started));
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

    private static async Task<LlamaContextOptions> ContextOptionsAsync(
        LlamaLibrary library, ModelStore store, ModelOptions options, LoadedModel model, CancellationToken cancellationToken)
    {
        var context = model.Plan.Context with { ModelSha256 = model.File.Pin.Sha256, Speculates = options.Speculates };
        if (context.Threads is not null)
        {
            return context;
        }

        var choice = new ThreadChoice(library, new TuningFile(store.Folder), TimeProvider.System);
        return context with { Threads = await Task.Run(() => choice.For(model.Model, model.File.File), cancellationToken), AdaptsThreads = true };
    }
}
