using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama;

/// <summary>How to embed texts.</summary>
public sealed record LlamaEmbeddingOptions
{
    /// <summary>The longest text in tokens, special tokens included; MiniLM was trained with 256.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Threads to compute many texts with; null takes one per processor. A single short text takes one thread: more would only wait for each other.</summary>
    public int? Threads { get; init; }
}

/// <summary>
/// Turns texts into vectors of length 1 (<c>float[n_embd]</c>, 384 for MiniLM), so that a dot product is a cosine. A text that is
/// too long is refused with its number of tokens, never cut.
/// </summary>
public sealed class LlamaEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int BatchTokens = 2048;
    private const int BatchSequences = 64;

    // About a question, or a fact.
    private const int FewTokens = 128;

    private readonly LlamaModel _model;
    private readonly LlamaEmbeddingOptions _options;
#pragma warning disable CA2213 // Dispose hands both to the thread, which ends after the work that is under way.
    private readonly EngineThread _thread;
    private readonly LlamaContextHandle _context;
#pragma warning restore CA2213
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <param name="model">An embedding model; it stays the caller's.</param>
    /// <param name="modelId">The model's name in results.</param>
    /// <param name="options">How to embed.</param>
    /// <exception cref="ModelException">The model gives no pooled embeddings, or there is no room for its context.</exception>
    public LlamaEmbeddingGenerator(LlamaModel model, string modelId, LlamaEmbeddingOptions? options = null)
    {
        _model = model;
        _options = options ?? new LlamaEmbeddingOptions();
        _metadata = new EmbeddingGeneratorMetadata("llama.cpp", providerUri: null, modelId, model.EmbeddingLength);
        _context = CreateContext(model, _options);
        if (LlamaNative.llama_pooling_type(_context) <= 0)
        {
            _context.Dispose();
            throw new ModelException(ModelError.Unsupported, $"The model \"{modelId}\" is no embedding model: it does not say how to pool its tokens.");
        }

        // Last, so that a constructor that throws leaves no thread behind.
        _thread = new EngineThread("llama-embeddings");
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">A text has too many tokens (<see cref="ModelError.PromptTooLong"/>), or the engine failed.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var texts = values.Select(Tokenize).ToList();
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(texts.Count)
        {
            Usage = new UsageDetails { InputTokenCount = texts.Sum(tokens => tokens.Length) },
        };
        foreach (var batch in Batches(texts))
        {
            foreach (var vector in await _thread.RunAsync(() => Embed(batch), cancellationToken))
            {
                embeddings.Add(new Embedding<float>(vector) { ModelId = _metadata.DefaultModelId });
            }
        }

        return embeddings;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the context once the work that is under way or queued is done; not the model.</summary>
    public void Dispose() => _thread.Complete(_context.Dispose);

    private static LlamaContextHandle CreateContext(LlamaModel model, LlamaEmbeddingOptions options)
    {
        var parameters = LlamaNative.llama_context_default_params();
        parameters.embeddings = 1;
        parameters.kv_unified = 1;
        parameters.n_seq_max = BatchSequences;
        parameters.n_threads = parameters.n_threads_batch = options.Threads ?? Environment.ProcessorCount;

        // Attention that looks both ways needs a whole batch at once.
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = (uint)Math.Max(BatchTokens, options.MaxTokens);

        NativeLog.Clear();
        using var use = new LlamaModelUse(model.Handle);
        var context = LlamaNative.llama_init_from_model(model.Handle, parameters);
        return context != nint.Zero
            ? new LlamaContextHandle(model.Handle, context)
            : throw new ModelException(ModelError.NoRoom, $"No context could be made for the embedding model \"{model.Path}\" ({NativeLog.LastError}).");
    }

    private int[] Tokenize(string text)
    {
        var tokens = _model.Vocabulary.TokenizeWithSpecials(text);
        return tokens.Length <= _options.MaxTokens
            ? tokens
            : throw new ModelException(
                ModelError.PromptTooLong,
                $"A text of {tokens.Length} tokens cannot be embedded, the model takes {_options.MaxTokens}: split it into chunks.");
    }

    private static IEnumerable<IReadOnlyList<int[]>> Batches(IReadOnlyList<int[]> texts)
    {
        var batch = new List<int[]>();
        var size = 0;
        foreach (var text in texts)
        {
            if (batch.Count == BatchSequences || (batch.Count > 0 && size + text.Length > BatchTokens))
            {
                yield return batch;
                batch = [];
                size = 0;
            }

            batch.Add(text);
            size += text.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private unsafe float[][] Embed(IReadOnlyList<int[]> texts)
    {
        var memory = LlamaNative.llama_get_memory(_context);
        if (memory != nint.Zero)
        {
            LlamaNative.llama_memory_clear(memory, data: 0);
        }

        var length = texts.Sum(tokens => tokens.Length);
        var threads = length <= FewTokens ? 1 : _options.Threads ?? Environment.ProcessorCount;
        LlamaNative.llama_set_n_threads(_context, threads, threads);
        using var batch = new TokenBatch(length);
        foreach (var (sequence, tokens) in texts.Index())
        {
            foreach (var (position, token) in tokens.Index())
            {
                batch.Add(token, position, sequence, givesOutput: true);
            }
        }

        var code = LlamaNative.llama_decode(_context, batch.Native);
        if (code != 0)
        {
            throw new ModelException(ModelError.Failed, $"llama.cpp failed to embed {texts.Count} texts (code {code}): {NativeLog.LastError}.");
        }

        return [.. Enumerable.Range(0, texts.Count).Select(Normalised)];
    }

    private unsafe float[] Normalised(int sequence)
    {
        var pooled = LlamaNative.llama_get_embeddings_seq(_context, sequence);
        if (pooled is null)
        {
            throw new ModelException(ModelError.Failed, "llama.cpp gave no embedding for a text without tokens: leave empty texts out.");
        }

        var source = new ReadOnlySpan<float>(pooled, _model.EmbeddingLength);
        var vector = new float[source.Length];
        TensorPrimitives.Divide(source, TensorPrimitives.Norm(source), vector);
        return vector;
    }
}
