using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PersonalAi.Adapters.Llama.Batching;
using PersonalAi.Adapters.Llama.Snapshots;
using PersonalAi.Adapters.Llama.Speculation;
using PersonalAi.Adapters.Llama.Threads;

namespace PersonalAi.Adapters.Llama;

/// <summary>
/// Generates text with one model and one context. One thread owns the context and evaluates the requests together; beyond what runs
/// at once, they wait in a bounded queue. The KV cache of earlier prompts is reused as far as a new one begins with the same text.
/// </summary>
public sealed class LlamaEngine : IAsyncDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    private readonly EngineThread _thread;
#pragma warning disable CA2213 // Close has the thread dispose of them, after the work that is under way.
    private readonly LlamaContext _context;
    private readonly Scheduler _scheduler;
    private readonly ITimer _idle;
#pragma warning restore CA2213
    private readonly Lock _gate = new();

    // Under the gate.
    private bool _disposed;

    // Used on the thread only.
    private bool _stepping;
    private bool _closing;

    private LlamaEngine(LlamaModel model, EngineThread thread, LlamaContext context, DraftModel? draftModel, LlamaContextOptions options)
    {
        Model = model;
        _thread = thread;
        _context = context;
        var drafter = options.Speculates ? new Drafter(draftModel) : null;
        var governor = options.AdaptsThreads ? new ThreadGovernor(context.Threads, Environment.ProcessorCount) : null;
        _scheduler = new Scheduler(model, context, SnapshotsOf(model, context, options), options.MaxWaiting, drafter, governor);
        _idle = TimeProvider.System.CreateTimer(_ => thread.TryPost(SaveIdle), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The model that answers.</summary>
    public LlamaModel Model { get; }

    /// <summary>The context window in tokens: prompt and answer together.</summary>
    public int ContextLength => _context.Length;

    /// <summary>Makes a context for a model, which the caller keeps and disposes of.</summary>
    /// <exception cref="ModelException">There is no room for the context (<see cref="ModelError.NoRoom"/>).</exception>
    public static async Task<LlamaEngine> CreateAsync(
        LlamaModel model,
        LlamaContextOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new LlamaContextOptions();
        var thread = new EngineThread("llama");
        try
        {
            var draftModel = options is { Speculates: true, DraftModel: { } small } ? await thread.RunAsync(() => DraftModel.Create(small, model, options), cancellationToken) : null;
            try
            {
                var context = await thread.RunAsync(() => LlamaContext.Create(model, options), cancellationToken);
                return new LlamaEngine(model, thread, context, draftModel, options);
            }
            catch
            {
                draftModel?.Dispose();
                throw;
            }
        }
        catch
        {
            await thread.DisposeAsync();
            throw;
        }
    }

    /// <summary>Continues a prompt; the last step is always <see cref="GenerationStep.Finished"/>.</summary>
    /// <exception cref="ModelException">
    /// The prompt does not fit (<see cref="ModelError.PromptTooLong"/>), too many requests wait (<see cref="ModelError.Busy"/>), the
    /// grammar cannot be used, or the engine failed.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled: within one step, also while the prompt is being evaluated.</exception>
    public async IAsyncEnumerable<GenerationStep> GenerateAsync(
        GenerationRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var steps = Channel.CreateUnbounded<GenerationStep>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

        // A caller who stops reading stops the generation.
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Begin(new Generation(request, steps.Writer, abandoned.Token));
        try
        {
            await foreach (var step in steps.Reader.ReadAllAsync(cancellationToken))
            {
                yield return step;
            }
        }
        finally
        {
            await abandoned.CancelAsync();
        }
    }

    /// <summary>Frees the context, not the model, once the requests that were made before have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _thread.Post(Close);
            }
        }

        await _thread.Ended;
    }

    /// <summary>Forgets a conversation: its cache, and where its snapshot was to be written.</summary>
    public Task ForgetAsync(string conversation) => _thread.RunAsync(() =>
    {
        _scheduler.Forget(conversation);
        return true;
    });

    /// <summary>Forgets all conversations whose snapshots were to be written into a folder.</summary>
    public Task ForgetSnapshotsAsync(string folder) => _thread.RunAsync(() =>
    {
        _scheduler.ForgetSnapshots(folder);
        return true;
    });

    /// <summary>Does something for which the model must not be computing.</summary>
    internal Task<T> BetweenStepsAsync<T>(Func<T> work) => _thread.RunAsync(work);

    private void Begin(Generation generation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _thread.Post(() =>
            {
                _scheduler.Add(generation);
                if (!_stepping)
                {
                    _stepping = true;
                    Step();
                }
            });
        }
    }

    // Between two steps the thread does what else was posted, so that new requests join the next batch.
    private void Step()
    {
        _scheduler.Step();
        _stepping = _scheduler.HasWork;
        if (_stepping)
        {
            _thread.Post(Step);
        }
        else if (_closing)
        {
            Close();
        }
        else
        {
            _idle.Change(IdleTime, Timeout.InfiniteTimeSpan);
        }
    }

    // One at a time, since a request may come meanwhile.
    private void SaveIdle()
    {
        if (!_stepping && _scheduler.SaveOne())
        {
            _thread.TryPost(SaveIdle);
        }
    }

    private static KvSnapshots? SnapshotsOf(LlamaModel model, LlamaContext context, LlamaContextOptions options)
    {
        if (options.ModelSha256 is null)
        {
            return null;
        }

        // Tokens decide the rest: their ids stand in the file.
        var identity = $"llama.cpp {model.Library.Version}, model {options.ModelSha256}, keys and values {options.KeyValueType}, flash attention {options.FlashAttention}, computed by {model.ComputedBy}";
        return new KvSnapshots(context, identity, TimeProvider.System, model.Library.Logger);
    }

    private void Close()
    {
        _closing = true;
        if (!_stepping)
        {
            _thread.Complete(() =>
            {
                while (_scheduler.SaveOne())
                {
                }

                _idle.Dispose();
                _scheduler.Dispose();
                _context.Dispose();
            });
        }
    }
}
