using System.Diagnostics;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Threads;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Chat;

/// <summary>A model that is checked, loaded and ready to answer.</summary>
internal sealed class LocalModel : IAsyncDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaEngine _engine;

    private LocalModel(string name, string sha256, LlamaModel model, LlamaEngine engine, LlamaChatClient client, TimeSpan loadTime)
    {
        Name = name;
        Sha256 = sha256;
        _model = model;
        _engine = engine;
        Client = client;
        LoadTime = loadTime;
    }

    /// <summary>The model's name: its file without folder and ending.</summary>
    public string Name { get; }

    /// <summary>The hash of its file.</summary>
    public string Sha256 { get; }

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
        var path = await store.FindAsync(options.Name, progress, cancellationToken);
        var (file, pin) = await store.CheckAsync(path, progress, cancellationToken);

        var started = Stopwatch.GetTimestamp();
        var tunings = new TuningFile(store.Folder);
        var plan = RunPlan.For(file, options.Wishes(), tunings.Find(TuningKey.Of(library, file))?.Choice, MachineMemory.Read(), progress);
        var model = await Task.Run(() => LlamaModel.Load(library, path, plan.Model, cancellationToken: cancellationToken), cancellationToken);
        try
        {
            var threads = plan.Context.Threads ?? await Task.Run(() => new ThreadChoice(library, tunings, TimeProvider.System).For(model, file), cancellationToken);
            var engine = await LlamaEngine.CreateAsync(model, plan.Context with { Threads = threads, AdaptsThreads = plan.Context.Threads is null, Speculates = options.Speculates }, cancellationToken);
            try
            {
                var name = Path.GetFileNameWithoutExtension(path);
                var client = new LlamaChatClient(engine, name, options.Template == "auto" ? null : options.Template);
                return new LocalModel(name, pin.Sha256, model, engine, client, Stopwatch.GetElapsedTime(started));
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
