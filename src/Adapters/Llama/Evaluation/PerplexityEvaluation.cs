namespace PersonalAi.Adapters.Llama.Evaluation;

/// <summary>
/// Measures how well a model predicts a text, as llama.cpp's <c>llama-perplexity</c> does: the text is cut into chunks of a context
/// each, and the tokens of each second half are scored, so that every one of them has at least half a context before it.
/// </summary>
public static class PerplexityEvaluation
{
    /// <summary>Evaluates a text on a thread of its own.</summary>
    /// <param name="model">The model: one that generates text, as every model does that is not for embeddings.</param>
    /// <param name="text">The text; one line break at its end is not counted, as llama.cpp does not.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each chunk.</param>
    /// <param name="cancellationToken">Stops it in the middle of a chunk.</param>
    /// <exception cref="ModelException">The text is shorter than two contexts, or there is no room.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Task<PerplexityResult> RunAsync(
        LlamaModel model,
        string text,
        PerplexityOptions? options = null,
        IProgress<PerplexityProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        options ??= new PerplexityOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ContextLength, 4);
        return Task.Run(() => Run(model, text.EndsWith('\n') ? text[..^1] : text, options, progress, cancellationToken), cancellationToken);
    }

    private static PerplexityResult Run(
        LlamaModel model, string text, PerplexityOptions options, IProgress<PerplexityProgress>? progress, CancellationToken cancellationToken)
    {
        var tokens = model.Vocabulary.TokenizeWithSpecials(text);
        var length = options.ContextLength;
        if (tokens.Length < 2 * length)
        {
            throw new ModelException(
                ModelError.Unsupported,
                $"The text has {tokens.Length} tokens, and a perplexity over contexts of {length} needs {2 * length}: take a longer text, or a smaller --context.");
        }

        using var context = LlamaContext.Create(
            model, new LlamaContextOptions { ContextLength = length, Sequences = 1, BatchSize = options.BatchSize, Threads = options.Threads, FlashAttention = true });
        context.Use(options.Adapters);
        using var chunk = new PerplexityChunk(model, context, length, cancellationToken);
        var chunks = Math.Min(options.MaxChunks ?? int.MaxValue, tokens.Length / length);
        var likelihood = new LogLikelihood();
        for (var i = 0; i < chunks; i++)
        {
            chunk.Score(tokens.AsSpan(i * length, length), likelihood);
            progress?.Report(new PerplexityProgress(i + 1, chunks, likelihood.Perplexity));
        }

        return new PerplexityResult(likelihood.Perplexity, likelihood.StandardError, length, chunks, likelihood.Count, tokens.Length);
    }
}
