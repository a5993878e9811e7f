using System.Diagnostics;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Snapshots;

namespace PersonalAi.Assistant.Bench;

/// <summary>Asks an engine to continue random tokens, to a fixed length: what the text is makes no difference to the cost.</summary>
/// <param name="engine">Answers.</param>
/// <param name="client">Makes other prompts than other clients do, and is a conversation of its own.</param>
/// <param name="snapshotPath">Where the KV cache of the conversation is kept; null keeps it nowhere.</param>
internal sealed class RandomRequests(LlamaEngine engine, int client = 0, string? snapshotPath = null)
{
    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    private readonly Random _random = new(client);

    /// <summary>A prompt that no other prompt begins like, so that nothing of it is cached.</summary>
    public int[] Prompt(int tokens) => [.. Enumerable.Range(0, tokens).Select(_ => _random.Next(engine.Model.Vocabulary.Count))];

    /// <summary>Continues a prompt by exactly so many decoding steps.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="steps">
    /// How many tokens are evaluated one by one; the answer has one token more, since its first comes from the prompt's logits.
    /// </param>
    /// <param name="cancellationToken">Stops the generation.</param>
    public async Task<RandomAnswer> ContinueAsync(int[] prompt, int steps, CancellationToken cancellationToken = default)
    {
        var request = new GenerationRequest(prompt)
        {
            MaxTokens = steps + 1,
            Sampling = Greedy,
            IgnoresEnd = true,

            // What an earlier prompt left in the cache would slow this one down: a conversation has room for one.
            Conversation = $"benchmark {client}",
            Snapshot = snapshotPath is null ? null : new KvSnapshotPlace(snapshotPath, long.MaxValue),
        };
        var started = Stopwatch.GetTimestamp();
        GenerationResult? result = null;
        await foreach (var step in engine.GenerateAsync(request, cancellationToken))
        {
            result = step is GenerationStep.Finished finished ? finished.Result : result;
        }

        // Counted back from the end: the first token may be half a character, and is then not seen when it comes.
        return new RandomAnswer(result!, Stopwatch.GetElapsedTime(started) - result!.DecodeTime);
    }
}

/// <summary>What a request cost.</summary>
/// <param name="Result">As the engine saw it.</param>
/// <param name="FirstToken">From the request to its first token, whatever it waited for.</param>
internal readonly record struct RandomAnswer(GenerationResult Result, TimeSpan FirstToken);
