using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Routing;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Chat;

/// <summary>Watches an answer come and tells in the end how it ended and what it cost.</summary>
/// <param name="snapshot">The id of the behaviour that writes it.</param>
/// <param name="load">How long the model took to load, which the first answer waited for.</param>
/// <param name="route">Takes note of what does it.</param>
/// <param name="time">Measures.</param>
internal sealed class AnswerOutcome(string snapshot, TimeSpan load, RouteRecord route, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _firstToken;
    private GenerationResult? _result;
    private TimeSpan _prefill;
    private TurnUsage? _usage;

    /// <summary>Takes note of the next update of the stream.</summary>
    public void Observe(ChatResponseUpdate update)
    {
        _firstToken ??= update.Text.Length > 0 ? time.GetElapsedTime(_started) : null;
        if (update.RawRepresentation is GenerationResult result)
        {
            // A turn in which tools are called is answered in several steps.
            _result = result;
            _prefill += result.PrefillTime;
            _usage = new TurnUsage(
                result.PromptTokens + (_usage?.PromptTokens ?? 0),
                result.CachedTokens + (_usage?.CachedTokens ?? 0),
                result.CompletionTokens + (_usage?.CompletionTokens ?? 0));
        }
    }

    /// <summary>Takes note of what came of a call of a tool.</summary>
    public void Observe(ToolStatus call) => route.AddCall(failed: call is not (ToolStatus.Succeeded or ToolStatus.Denied));

    /// <summary>The model ended the answer, or its limit did.</summary>
    public TurnOutcome Completed() => Ended(TurnStatus.Complete, _result?.End == GenerationEnd.Length ? "length" : "stop");

    /// <summary>The user stopped it.</summary>
    public TurnOutcome Cancelled() => Ended(TurnStatus.Cancelled, "cancelled");

    /// <summary>An error ended it.</summary>
    public TurnOutcome Failed(string error) => Ended(TurnStatus.Failed, "error") with { Error = error };

    private TurnOutcome Ended(TurnStatus status, string finishReason)
    {
        var total = time.GetElapsedTime(_started);
        route.Learn(known => known with
        {
            PromptTokens = _result?.PromptTokens,
            Confidence = Rounded(_result?.Confidence),
            IsCut = finishReason == "length",
            Elapsed = total,
        });
        return new TurnOutcome(status)
        {
            FinishReason = finishReason,
            Snapshot = snapshot,
            Usage = _usage,
            Timings = new TurnTimings(load, _prefill, _firstToken ?? total, total),
            Route = route.Finish(),
        };
    }

    private static AnswerConfidence? Rounded(GenerationConfidence? confidence) => confidence is null ? null : new AnswerConfidence(
        confidence.Tokens, Math.Round(confidence.MeanLogProbability, 4), Math.Round(confidence.MeanMargin, 4), Math.Round(confidence.LowestMargin, 4));
}
