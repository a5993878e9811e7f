using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Says what did each step of a turn, and why.</summary>
internal static class RouteText
{
    private const int StepWidth = 13;
    private const int CapabilityWidth = 19;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(Turn turn)
    {
        if (turn.Route is not { } route)
        {
            yield return $"Turn {turn.Id.ShortForm} was answered before routes were written down.";
            yield break;
        }

        yield return $"Turn {turn.Id.ShortForm}, step by step:";
        foreach (var (step, reason, isFirst) in route.Steps.SelectMany(step => step.Reasons.Select((reason, index) => (step, reason, index == 0))))
        {
            var (name, capability) = isFirst ? (Words(step.Step), Words(step.Capability)) : ("", "");
            yield return $"  {name.PadRight(StepWidth)}{capability.PadRight(CapabilityWidth)}{TerminalText.OneLine(reason)}";
        }

        yield return route.Steps is [.., { Suggestion: { } suggestion }]
            ? $"Proposed: {TerminalText.OneLine(suggestion)}. Nothing has been sent; /escalate asks you first."
            : "Nothing is proposed.";
        if (turn.Thumb is not null)
        {
            yield return OfThumb(turn);
        }
    }

    /// <summary>What the user thinks of an answer.</summary>
    public static string OfThumb(Turn turn) => $"You found the answer of turn {turn.Id.ShortForm} {(turn.Thumb!.IsGood ? "good" : "bad")}.";

    private static string Words(string name) => TerminalText.OneLine(name.Replace('_', ' '));
}
