using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Text;

namespace PersonalAi.Adapters.Llama;

/// <summary>
/// Generates text with one model and one context. One thread owns the context; requests wait their turn; the KV cache of the last
/// one is reused as far as the next prompt begins with the same tokens.
/// </summary>
public sealed class LlamaEngine : IAsyncDisposable
{
    private readonly EngineThread _thread;
    private readonly LlamaContext _context;

    private LlamaEngine(LlamaModel model, EngineThread thread, LlamaContext context)
    {
        Model = model;
        _thread = thread;
        _context = context;
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
        var thread = new EngineThread("llama");
        try
        {
            var context = await thread.RunAsync(() => LlamaContext.Create(model, options ?? new LlamaContextOptions()), cancellationToken);
            return new LlamaEngine(model, thread, context);
        }
        catch
        {
            await thread.DisposeAsync();
            throw;
        }
    }

    /// <summary>Continues a prompt; the last step is always <see cref="GenerationStep.Finished"/>.</summary>
    /// <exception cref="ModelException">
    /// The prompt does not fit (<see cref="ModelError.PromptTooLong"/>), the grammar cannot be used, or the engine failed.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled: within one token, also while the prompt is being evaluated.</exception>
    public async IAsyncEnumerable<GenerationStep> GenerateAsync(
        GenerationRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var steps = Channel.CreateUnbounded<GenerationStep>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

        // A caller who stops reading stops the generation.
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = abandoned.Token;
        try
        {
            _thread.Post(() => Run(request, steps.Writer, token));
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
        await _thread.DisposeAsync();
        _context.Dispose();
    }

    private void Run(GenerationRequest request, ChannelWriter<GenerationStep> steps, CancellationToken cancellationToken)
    {
#pragma warning disable CA1031 // Whatever happened belongs to the request; the thread goes on to the next one.
        try
        {
            Generate(request, steps, cancellationToken);
            steps.Complete();
        }
        catch (Exception e)
        {
            steps.Complete(e);
        }
#pragma warning restore CA1031
    }

    private unsafe void Generate(GenerationRequest request, ChannelWriter<GenerationStep> steps, CancellationToken cancellationToken)
    {
        // What was cancelled while it waited must not cost the next request its cached prefix.
        cancellationToken.ThrowIfCancellationRequested();
        RefuseUnlessItFits(request.Prompt.Count);
        var seed = request.Sampling.Seed ?? (uint)Random.Shared.NextInt64(uint.MaxValue);
        using var sampler = new TokenSampler(Model, request.Sampling, seed, request.Grammar);
        var text = new AnswerText(Model.Vocabulary, request.StopSequences);

        var started = Stopwatch.GetTimestamp();
        var cached = Prefill(request.Prompt, cancellationToken);
        var prefilled = Stopwatch.GetTimestamp();

        var limit = Math.Min(request.MaxTokens ?? int.MaxValue, ContextLength - request.Prompt.Count);
        var generated = 0;
        var end = GenerationEnd.Length;
        while (generated < limit)
        {
            var token = sampler.Sample(_context.Logits);
            if (!request.IgnoresEnd && Model.Vocabulary.IsEndOfGeneration(token))
            {
                end = GenerationEnd.Stop;
                break;
            }

            generated++;
            Emit(steps, text.Push(token));
            if (text.Stopped)
            {
                end = GenerationEnd.Stop;
                break;
            }

            if (generated < limit)
            {
                _context.Decode([token], cancellationToken);
            }
        }

        Emit(steps, text.Flush());
        steps.TryWrite(new GenerationStep.Finished(new GenerationResult(
            end,
            request.Prompt.Count,
            cached,
            generated,
            Stopwatch.GetElapsedTime(started, prefilled),
            Stopwatch.GetElapsedTime(prefilled),
            seed)));
    }

    private int Prefill(IReadOnlyList<int> prompt, CancellationToken cancellationToken)
    {
        var cached = _context.KeepPrefix(prompt);
        foreach (var batch in prompt.Skip(cached).Chunk(_context.BatchSize))
        {
            _context.Decode(batch, cancellationToken);
        }

        return cached;
    }

    private void RefuseUnlessItFits(int promptTokens)
    {
        if (promptTokens == 0)
        {
            throw new ModelException(ModelError.Unsupported, "The prompt is empty: there is nothing to continue.");
        }

        if (promptTokens >= ContextLength)
        {
            throw new ModelException(
                ModelError.PromptTooLong,
                $"The prompt has {promptTokens} tokens and the context window {ContextLength}: shorten the prompt, or enlarge the window with --context.");
        }
    }

    private static void Emit(ChannelWriter<GenerationStep> steps, string piece)
    {
        if (piece.Length > 0)
        {
            steps.TryWrite(new GenerationStep.Text(piece));
        }
    }
}
