using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Snapshots;

namespace PersonalAi.Adapters.Llama;

/// <summary>What the engine shall generate.</summary>
/// <param name="Prompt">The tokens to continue, BOS included where the model wants it.</param>
public sealed record GenerationRequest(IReadOnlyList<int> Prompt)
{
    /// <summary>
    /// Where in the prompt earlier answers begin: the white space there may differ from what the model wrote, and the KV cache is used
    /// all the same.
    /// </summary>
    public IReadOnlyList<int> AnswerStarts { get; init; } = [];

    /// <summary>How tokens are chosen.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>The adapters that act on the model; they must be loaded for the engine's model.</summary>
    public AdapterSet Adapters { get; init; } = AdapterSet.Empty;

    /// <summary>The most tokens to generate; null goes on until the model ends or the context is full.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Texts that end the answer and are not part of it.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Goes on where the model would end its answer: for measurements.</summary>
    public bool IgnoresEnd { get; init; }

    /// <summary>
    /// The conversation that the prompt belongs to, whose prompts are kept apart in the KV cache from those of others; null where
    /// nothing is known of it.
    /// </summary>
    public string? Conversation { get; init; }

    /// <summary>
    /// Where the KV cache of the conversation is kept on disk, so that it is read back instead of evaluated when it has left the memory;
    /// null keeps it nowhere.
    /// </summary>
    public KvSnapshotPlace? Snapshot { get; init; }

    /// <summary>A line that begins with this and repeats an earlier line of the answer ends it, and is no part of it; null for none.</summary>
    public string? EndsAtRepeated { get; init; }

    /// <summary>The texts of control tokens that are given as text; those of others are left out of it.</summary>
    public IReadOnlyList<string> VisibleTokens { get; init; } = [];

    /// <summary>GBNF with a rule <c>root</c> that the answer must match, or null.</summary>
    public string? Grammar { get; init; }
}

/// <summary>Why a generation ended.</summary>
public enum GenerationEnd
{
    /// <summary>The model ended its answer, or a stop sequence came.</summary>
    Stop,

    /// <summary>The token limit or the context was reached.</summary>
    Length,
}

/// <summary>One step of a generation: a piece of text, or the result at its end.</summary>
public abstract record GenerationStep
{
    /// <summary>The next piece of text, whole characters only, never empty.</summary>
    public sealed record Text(string Piece) : GenerationStep;

    /// <summary>The last step.</summary>
    public sealed record Finished(GenerationResult Result) : GenerationStep;
}

/// <summary>What a generation cost and how it ended.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="PromptTokens">The length of the prompt in tokens.</param>
/// <param name="CachedTokens">How many of them were still in the KV cache and were not evaluated again.</param>
/// <param name="CompletionTokens">How many tokens were generated, the end token not counted.</param>
/// <param name="PrefillTime">How long the evaluation of the prompt took.</param>
/// <param name="DecodeTime">How long the generation took after that.</param>
/// <param name="Seed">The seed that was used.</param>
public sealed record GenerationResult(
    GenerationEnd End,
    int PromptTokens,
    int CachedTokens,
    int CompletionTokens,
    TimeSpan PrefillTime,
    TimeSpan DecodeTime,
    uint Seed)
{
    /// <summary>How many tokens were guessed before they were evaluated.</summary>
    public int DraftedTokens { get; init; }

    /// <summary>How many of them were right, and saved a step each.</summary>
    public int AcceptedTokens { get; init; }

    /// <summary>How sure the model was of what it wrote; null where it had nothing to choose.</summary>
    public GenerationConfidence? Confidence { get; init; }

    /// <summary>Evaluated prompt tokens per second, cached ones not counted; 0 if there were none.</summary>
    public double PromptTokensPerSecond => Rate(PromptTokens - CachedTokens, PrefillTime);

    /// <summary>Generated tokens per second; 0 if there were none.</summary>
    public double TokensPerSecond => Rate(CompletionTokens, DecodeTime);

    private static double Rate(int tokens, TimeSpan time) => time > TimeSpan.Zero ? tokens / time.TotalSeconds : 0;
}

/// <summary>
/// How sure a model was of what it wrote, to itself: before penalties, temperature and a grammar. Tokens at which a grammar forbade one
/// of the two likeliest do not count, since the model had no choice there; the token that ends the answer does.
/// </summary>
/// <param name="Tokens">How many tokens count.</param>
/// <param name="MeanLogProbability">The mean natural logarithm of the probabilities of the chosen tokens, 0 at most.</param>
/// <param name="MeanMargin">The mean distance in probability of the likeliest token from the second, from 0 to 1.</param>
/// <param name="LowestMargin">The least such distance.</param>
public sealed record GenerationConfidence(int Tokens, double MeanLogProbability, double MeanMargin, double LowestMargin);
