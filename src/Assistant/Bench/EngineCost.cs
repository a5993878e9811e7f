using System.Diagnostics;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;

namespace PersonalAi.Assistant.Bench;

/// <summary>Measures what the engine process costs: the same text, generated in this process and through it, as whoever asks sees it.</summary>
/// <param name="here">The model in this process.</param>
/// <param name="there">The same model in the engine process.</param>
/// <param name="generatedTokens">How many tokens are generated.</param>
internal sealed class EngineCost(ILocalChatClient here, ILocalChatClient there, int generatedTokens)
{
    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, "Once upon a time")];

    private static readonly LlamaChatOptions Steady = new() { Raw = true, IgnoresEnd = true, Sampling = new SamplingOptions { Temperature = 0, RepeatPenalty = 1 } };

    /// <summary>Measures once each, in turn, so that what else the machine does hits both.</summary>
    public async Task<EngineCostRun> RunAsync(CancellationToken cancellationToken = default) =>
        new(await RateAsync(here, cancellationToken), await RateAsync(there, cancellationToken));

    private async Task<double> RateAsync(ILocalChatClient client, CancellationToken cancellationToken)
    {
        // From the first token on, which waits for the prompt, so one more is asked for.
        var options = new ChatOptions { MaxOutputTokens = generatedTokens + 1, RawRepresentationFactory = _ => Steady };
        long? first = null;
        await foreach (var _ in client.GetStreamingResponseAsync(Prompt, options, cancellationToken))
        {
            first ??= Stopwatch.GetTimestamp();
        }

        return generatedTokens / Stopwatch.GetElapsedTime(first!.Value).TotalSeconds;
    }
}

/// <summary>One measurement, in tokens per second.</summary>
/// <param name="InProcess">In this process.</param>
/// <param name="ThroughEngine">Through the engine process.</param>
internal readonly record struct EngineCostRun(double InProcess, double ThroughEngine);
