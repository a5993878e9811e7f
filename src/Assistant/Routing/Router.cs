using System.Globalization;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Routing;

/// <summary>
/// Decides whether an answer is good enough or asking elsewhere is to be proposed, from what is known on this machine. It asks no
/// model, makes no vector and sends nothing: what it decides is a proposal to the user, and nothing else.
/// </summary>
/// <param name="options">Where could be asked, and what the user allows.</param>
/// <param name="calibrations">What the user's thumbs say of the margins of models.</param>
internal sealed class Router(RouteOptions options, IReadOnlyDictionary<string, RouteCalibration> calibrations)
{
    // Of fewer thumbs on like questions nothing can be told.
    private const int LeastLikes = 3;

    /// <summary>Who answered, and whether it is proposed to ask elsewhere.</summary>
    public RouteDecision Answer(RouteSignals signals)
    {
        var calibration = CalibrationOf(signals);
        string[] doubts = [.. Doubts(signals, calibration)];
        var obstacle = Obstacle(signals);
        return new RouteDecision(
            RouteStep.Answer,
            Capability.MainLocalModel,
            [.. Reasons(signals, calibration), .. doubts.Length > 0 ? doubts : ["nothing speaks against the answer"], .. obstacle is null ? Array.Empty<string>() : [obstacle]],
            doubts.Length > 0 && obstacle is null ? $"escalation to {options.Elsewhere} is proposed, because {Listed(doubts)}" : null);
    }

    /// <summary>How sure the model was, with the probability that the user finds the answer good where their thumbs tell one.</summary>
    public AnswerConfidence? Confidence(RouteSignals signals) => signals.Confidence is { } confidence && CalibrationOf(signals) is { } calibration
        ? confidence with { Probability = Math.Round(calibration.ProbabilityOf(confidence.MeanMargin), 4) }
        : signals.Confidence;

    private RouteCalibration? CalibrationOf(RouteSignals signals) => calibrations.GetValueOrDefault(signals.Model);

    private static IEnumerable<string> Reasons(RouteSignals signals, RouteCalibration? calibration)
    {
        yield return $"{signals.Model} runs on this machine, and every question is asked there first";
        yield return $"the task is of the kind {signals.Kind.ToString().ToLowerInvariant()}";
        if (signals.PromptTokens is { } tokens)
        {
            yield return Say($"the prompt takes {tokens} of {signals.ContextTokens} tokens");
        }

        if (signals.Labels is { Never: > 0 } labels)
        {
            yield return Say($"{Count(labels.Never, "fact")} labelled never in the window may not leave this machine");
        }

        if (signals.Confidence is { } confidence)
        {
            yield return calibration is not null
                ? Say($"its confidence is {calibration.ProbabilityOf(confidence.MeanMargin):0.00}, calibrated on {calibration.Good + calibration.Bad} of your thumbs")
                : Say($"its mean margin is {confidence.MeanMargin:0.00}, which is not calibrated: rate answers, then 'pai eval route'");
        }
    }

    private static IEnumerable<string> Doubts(RouteSignals signals, RouteCalibration? calibration)
    {
        if (signals.Confidence is { } confidence && calibration?.ProbabilityOf(confidence.MeanMargin) is { } probability && probability < calibration.Threshold)
        {
            yield return Say($"the answer is unsure (confidence {probability:0.00}, below {calibration.Threshold:0.00})");
        }

        if (signals.ToolFailures > 0 && 2 * signals.ToolFailures >= signals.ToolCalls)
        {
            yield return Say($"{signals.ToolFailures} of {Count(signals.ToolCalls, "call")} of tools failed");
        }

        if (signals.IsCut)
        {
            yield return "the answer reached its token limit";
        }

        if (signals.IsShortened)
        {
            yield return "a summary stands for older turns, which do not fit into the window";
        }

        if (signals.Likes is { Bad: var bad, Good: var good } && bad + good >= LeastLikes && bad > good)
        {
            yield return Say($"{bad} of {bad + good} answers to like questions were bad by your thumbs");
        }
    }

    // Why nothing can be proposed; null where it can.
    private string? Obstacle(RouteSignals signals) => options switch
    {
        { Elsewhere: null } => "no model elsewhere is configured, so nothing is proposed",
        { MayAsk: false } => "consent is off, so nothing is proposed",
        { MoneyLeft: <= 0 } => "the money that may be spent is spent, so nothing is proposed",
        _ when signals.TimeBudget is { } budget && budget - signals.Elapsed < signals.Elapsed => "less time is left than the answer took, so nothing is proposed",
        _ => null,
    };

    private static string Listed(string[] clauses) => clauses is [.. { Length: > 0 } first, var last] ? $"{string.Join(", ", first)} and {last}" : clauses[0];

    private static string Count(int number, string what) => Say($"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
