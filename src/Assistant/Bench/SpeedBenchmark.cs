using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;

namespace PersonalAi.Assistant.Bench;

/// <summary>
/// Measures a model as llama-bench does: the evaluation of a prompt of random tokens, and the generation of tokens from an empty
/// context, apart from each other.
/// </summary>
/// <param name="engine">Runs the model.</param>
/// <param name="promptTokens">The length of the prompt.</param>
/// <param name="generatedTokens">How many tokens are generated.</param>
internal sealed class SpeedBenchmark(LlamaEngine engine, int promptTokens, int generatedTokens)
{
    private const int Seed = 42;

    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    private readonly Random _random = new(Seed);

    /// <summary>Measures once.</summary>
    public async Task<SpeedRun> RunAsync(CancellationToken cancellationToken = default)
    {
        var prefill = await GenerateAsync(RandomPrompt(promptTokens), maxTokens: 1, cancellationToken);

        // The first token comes from the prompt's logits, so one more gives as many decoding steps as were asked for.
        var decode = await GenerateAsync(RandomPrompt(1), generatedTokens + 1, cancellationToken);
        return new SpeedRun(prefill.PromptTokensPerSecond, generatedTokens / decode.DecodeTime.TotalSeconds);
    }

    private int[] RandomPrompt(int length) => [.. Enumerable.Range(0, length).Select(_ => _random.Next(engine.Model.Vocabulary.Count))];

    private async Task<GenerationResult> GenerateAsync(int[] prompt, int maxTokens, CancellationToken cancellationToken)
    {
        var request = new GenerationRequest(prompt) { MaxTokens = maxTokens, Sampling = Greedy, IgnoresEnd = true };
        GenerationResult? result = null;
        await foreach (var step in engine.GenerateAsync(request, cancellationToken))
        {
            result = step is GenerationStep.Finished finished ? finished.Result : result;
        }

        return result!;
    }
}

/// <summary>One measurement.</summary>
/// <param name="PromptTokensPerSecond">Evaluation of the prompt.</param>
/// <param name="TokensPerSecond">Generation.</param>
internal readonly record struct SpeedRun(double PromptTokensPerSecond, double TokensPerSecond);
