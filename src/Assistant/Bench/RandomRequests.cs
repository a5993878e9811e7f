using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;

namespace PersonalAi.Assistant.Bench;

/// <summary>Asks an engine to continue random tokens, to a fixed length: what the text is makes no difference to the cost.</summary>
/// <param name="engine">Answers.</param>
internal sealed class RandomRequests(LlamaEngine engine)
{
    private const int Seed = 42;

    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    private readonly Random _random = new(Seed);

    /// <summary>A prompt that no other prompt begins like, so that nothing of it is cached.</summary>
    public int[] Prompt(int tokens) => [.. Enumerable.Range(0, tokens).Select(_ => _random.Next(engine.Model.Vocabulary.Count))];

    /// <summary>Continues a prompt by exactly so many decoding steps.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="steps">
    /// How many tokens are evaluated one by one; the answer has one token more, since its first comes from the prompt's logits.
    /// </param>
    /// <param name="cancellationToken">Stops the generation.</param>
    public async Task<GenerationResult> ContinueAsync(int[] prompt, int steps, CancellationToken cancellationToken = default)
    {
        var request = new GenerationRequest(prompt) { MaxTokens = steps + 1, Sampling = Greedy, IgnoresEnd = true };
        GenerationResult? result = null;
        await foreach (var step in engine.GenerateAsync(request, cancellationToken))
        {
            result = step is GenerationStep.Finished finished ? finished.Result : result;
        }

        return result!;
    }
}
