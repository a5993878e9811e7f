using PersonalAi.Assistant.Routing;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>The tools that a turn is offered.</summary>
/// <param name="Callable">Those that the model can call. More come in where the model looks for them.</param>
/// <param name="NeedsTools">Whether the turn seems to need any; else those that were explained before are named only so that the model answers in the form it has learnt.</param>
/// <param name="Notes">What explains them to the model; null where there is nothing to say.</param>
/// <param name="Taint">The untrusted text that stands in the window.</param>
/// <param name="AnswerReserve">The tokens that are kept free for the answer.</param>
/// <param name="RunAsync">Runs a call, with the untrusted text that stands in the window then.</param>
internal sealed record OfferedTools(
    IReadOnlyList<Tool> Callable, bool NeedsTools, TurnTools? Notes, Taint Taint, int AnswerReserve, Func<ToolCall, Taint, CancellationToken, Task<ToolOutcome>> RunAsync)
{
    /// <summary>What chose them; null where there was nothing to choose from.</summary>
    public RouteDecision? Choice { get; init; }
}
