using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PersonalAi.Adapters.Llama.Threads;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Adapters.Llama;

/// <summary>A model in the memory of this process, with its adapters and a context, ready to chat.</summary>
public sealed class RunningModel : IAsyncDisposable
{
    private readonly LoadedModel _model;
    private readonly LlamaModel? _draft;
    private readonly ConcurrentDictionary<string, LlamaChatClient> _clients = [];

    private RunningModel(LoadedModel model, LlamaModel? draft, LlamaEngine engine, LlamaChatClient client) =>
        (_model, _draft, Engine, Client) = (model, draft, engine, client);

    /// <summary>Generates its text.</summary>
    public LlamaEngine Engine { get; }

    /// <summary>Chats with it as it was asked for.</summary>
    public LlamaChatClient Client { get; }

    /// <summary>Chats with it and other adapters, which share its context: its weights and its cache are in memory once.</summary>
    /// <param name="request">What it was asked for, but for the adapters.</param>
    /// <exception cref="ModelException">An adapter cannot be loaded, or does not belong to the model.</exception>
    internal async Task<LlamaChatClient> ClientAsync(ModelRequest request)
    {
        var key = string.Join('+', request.Adapters.Select(adapter => string.Create(CultureInfo.InvariantCulture, $"{adapter.Name} {adapter.Pin.Sha256}@{adapter.Scale}")));
        if (!_clients.TryGetValue(key, out var client))
        {
            var adapters = await Engine.BetweenStepsAsync(() => _model.Use(request.Adapters));
            client = _clients.GetOrAdd(key, new LlamaChatClient(Engine, request.Name, request.Template, adapters));
        }

        return client;
    }

    /// <summary>Loads a model and makes its context.</summary>
    /// <param name="library">The engine.</param>
    /// <param name="request">Which model, and how it is run.</param>
    /// <param name="progress">Told of a loading that is slow.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="ModelException">The model cannot be loaded, there is no room for its context, or its template is not known.</exception>
    public static async Task<RunningModel> OpenAsync(
        LlamaLibrary library, ModelRequest request, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var file = GgufFile.ReadWhole(request.Path);
        var tunings = new TuningFile(request.TuningFolder);
        var plan = RunPlan.For(file, request.Wishes, tunings.Find(TuningKey.Of(library, file))?.Choice, library.ReadMemory(), progress);
        if (library.Complaint is not null)
        {
            progress?.Report(new ModelProgress(Path.GetFileName(file.Path), ModelStage.WithoutGpu, 0, 0));
        }

        var loading = progress is null ? null : new LoadProgress(file, progress);
        var model = await LoadedModel.LoadAsync(library, request, file, plan.Model, loading, cancellationToken);
        LlamaModel? draft = null;
        LlamaEngine? engine = null;
        try
        {
            // The room on GPUs was counted for the large model alone.
            draft = request.Draft is { } small
                ? await Task.Run(() => LlamaModel.Load(library, small.Path, plan.Model with { Gpu = null }, cancellationToken: cancellationToken), cancellationToken)
                : null;
            var threads = plan.Context.Threads ?? await Task.Run(() => new ThreadChoice(library, tunings, TimeProvider.System).For(model.Model, file), cancellationToken);
            var context = plan.Context with
            {
                Threads = threads,
                AdaptsThreads = plan.Context.Threads is null,
                Speculates = request.Speculates,
                ModelSha256 = request.Sha256,
                DraftModel = draft,
            };
            engine = await LlamaEngine.CreateAsync(model.Model, context, cancellationToken);
            return new RunningModel(model, draft, engine, new LlamaChatClient(engine, request.Name, request.Template, model.Adapters));
        }
        catch
        {
            if (engine is not null)
            {
                await engine.DisposeAsync();
            }

            draft?.Dispose();
            model.Dispose();
            throw;
        }
    }

    /// <summary>Unloads it once the requests that were made before have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Engine.DisposeAsync();
        _draft?.Dispose();
        _model.Dispose();
    }

    /// <summary>Tells of a loading that takes long enough to be wondered at.</summary>
    private sealed class LoadProgress(GgufFile file, IProgress<ModelProgress> progress) : IProgress<float>
    {
        private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(1);

        private long? _started;
        private int _percent = -1;

        public void Report(float value)
        {
            _started ??= Stopwatch.GetTimestamp();
            var percent = (int)(value * 100);
            if (percent != _percent && (_percent >= 0 || (percent < 100 && Stopwatch.GetElapsedTime(_started.Value) > Unnoticed)))
            {
                _percent = percent;
                progress.Report(new ModelProgress(Path.GetFileName(file.Path), ModelStage.Loading, (long)(value * file.Length), file.Length));
            }
        }
    }
}
