using PersonalAi.Assistant.Routing;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Ask;

/// <summary>Where an answer came from, and why, as <c>--json</c> prints it.</summary>
/// <param name="Target"><c>local</c>, <c>self_hosted</c> or <c>frontier</c>.</param>
/// <param name="Reasons">Why.</param>
/// <param name="Confidence">How sure the model was; null where that is not known.</param>
/// <param name="Suggestion">What is proposed; null where nothing is.</param>
/// <param name="Steps">What did the other steps of the turn.</param>
internal sealed record RouteJson(string Target, IReadOnlyList<string> Reasons, ConfidenceJson? Confidence, string? Suggestion, IReadOnlyList<RouteStepJson> Steps)
{
    public static RouteJson? Of(TurnRoute? route) => route?.Steps is [.., var answer]
        ? new RouteJson(
            answer.Capability == Capability.SelfHosted.ToJsonName() || answer.Capability == Capability.Frontier.ToJsonName() ? answer.Capability : "local",
            answer.Reasons,
            ConfidenceJson.Of(route.Confidence),
            answer.Suggestion,
            [.. route.Steps.Select(step => new RouteStepJson(step.Step, step.Capability, step.Reasons))])
        : null;
}

/// <summary>A step and what did it.</summary>
internal sealed record RouteStepJson(string Step, string Capability, IReadOnlyList<string> Reasons);

/// <summary>How sure a model was of an answer.</summary>
/// <param name="Probability">That the user finds it good, by their own thumbs; null where it is not calibrated.</param>
/// <param name="Calibrated">Whether it is.</param>
/// <param name="MeanMargin">See <see cref="AnswerConfidence"/>.</param>
/// <param name="LowestMargin">See <see cref="AnswerConfidence"/>.</param>
/// <param name="MeanLogProbability">See <see cref="AnswerConfidence"/>.</param>
/// <param name="Tokens">See <see cref="AnswerConfidence"/>.</param>
internal sealed record ConfidenceJson(double? Probability, bool Calibrated, double MeanMargin, double LowestMargin, double MeanLogProbability, int Tokens)
{
    public static ConfidenceJson? Of(AnswerConfidence? confidence) => confidence is null ? null : new ConfidenceJson(
        confidence.Probability, confidence.Probability is not null, confidence.MeanMargin, confidence.LowestMargin, confidence.MeanLogProbability, confidence.Tokens);
}
