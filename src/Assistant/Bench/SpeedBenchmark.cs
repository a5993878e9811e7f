using PersonalAi.Adapters.Llama;

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
    private readonly RandomRequests _requests = new(engine);

    /// <summary>Measures once.</summary>
    public async Task<SpeedRun> RunAsync(CancellationToken cancellationToken = default)
    {
        var prefill = await _requests.ContinueAsync(_requests.Prompt(promptTokens), steps: 0, cancellationToken);
        var decode = await _requests.ContinueAsync(_requests.Prompt(1), generatedTokens, cancellationToken);
        return new SpeedRun(prefill.Result.PromptTokensPerSecond, generatedTokens / decode.Result.DecodeTime.TotalSeconds);
    }
}

/// <summary>One measurement.</summary>
/// <param name="PromptTokensPerSecond">Evaluation of the prompt.</param>
/// <param name="TokensPerSecond">Generation.</param>
internal readonly record struct SpeedRun(double PromptTokensPerSecond, double TokensPerSecond);
