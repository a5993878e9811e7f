using System.Collections.Immutable;
using PersonalAi.Assistant.Cli;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Routing;

/// <summary>What does a step, and why.</summary>
/// <param name="Step">The step.</param>
/// <param name="Capability">What does it.</param>
/// <param name="Reasons">Why, each a clause without capital and full stop, and with no word of what was said.</param>
/// <param name="Suggestion">Proposes to ask elsewhere; null where nothing is proposed. Nothing leaves the machine by it.</param>
internal sealed record RouteDecision(RouteStep Step, Capability Capability, ImmutableArray<string> Reasons, string? Suggestion = null)
{
    /// <summary>The decision as it is stored with its turn.</summary>
    public RoutedStep Stored() => new(Step.ToJsonName(), Capability.ToJsonName(), Reasons) { Suggestion = Suggestion };
}
