using PersonalAi.Adapters.Llama.Lora;

namespace PersonalAi.Adapters.Llama.Evaluation;

/// <summary>How a perplexity is computed; the defaults are those of llama.cpp's <c>llama-perplexity</c>.</summary>
public sealed record PerplexityOptions
{
    /// <summary>Tokens in one chunk of the text, at least 4: perplexities are comparable only where it is the same.</summary>
    public int ContextLength { get; init; } = 512;

    /// <summary>The most chunks, from the beginning of the text; null takes all.</summary>
    public int? MaxChunks { get; init; }

    /// <summary>Tokens that are evaluated in one go.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Threads to compute with; null takes one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>The adapters that act on the model.</summary>
    public AdapterSet Adapters { get; init; } = AdapterSet.Empty;
}

/// <summary>How far an evaluation has come.</summary>
/// <param name="Chunk">Chunks done.</param>
/// <param name="Chunks">Chunks in all.</param>
/// <param name="Perplexity">The perplexity of what is done.</param>
public readonly record struct PerplexityProgress(int Chunk, int Chunks, double Perplexity);

/// <summary>How well a model predicts a text: e to the mean negative log-likelihood of its tokens. Lower is better.</summary>
/// <param name="Perplexity">The figure.</param>
/// <param name="StandardError">Its statistical uncertainty, as llama.cpp states it after "+/-".</param>
/// <param name="ContextLength">Tokens in one chunk.</param>
/// <param name="Chunks">Chunks that were evaluated.</param>
/// <param name="ScoredTokens">Tokens that were predicted: those of the second half of each chunk.</param>
/// <param name="TextTokens">Tokens of the whole text, BOS included.</param>
public sealed record PerplexityResult(double Perplexity, double StandardError, int ContextLength, int Chunks, int ScoredTokens, int TextTokens);
