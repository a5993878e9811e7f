using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Routing;

/// <summary>Takes note of what does each step of a turn while it is answered.</summary>
/// <param name="router">Decides on the answer at the end.</param>
/// <param name="signals">What is known of the turn.</param>
internal sealed class RouteRecord(Router router, RouteSignals signals)
{
    private readonly List<RouteDecision> _steps = [];
    private RouteSignals _signals = signals;

    /// <summary>Takes note of a step; null where there was none.</summary>
    public void Add(RouteDecision? decision)
    {
        if (decision is not null)
        {
            _steps.Add(decision);
        }
    }

    /// <summary>Takes note of what came to be known of the turn.</summary>
    public void Learn(Func<RouteSignals, RouteSignals> learn) => _signals = learn(_signals);

    /// <summary>Takes note of a call of a tool.</summary>
    /// <param name="failed">Whether it failed; that it was denied is no failure.</param>
    public void AddCall(bool failed) => Learn(known => known with { ToolCalls = known.ToolCalls + 1, ToolFailures = known.ToolFailures + (failed ? 1 : 0) });

    /// <summary>The route of the turn that has ended.</summary>
    public TurnRoute Finish()
    {
        if (_signals.ToolCalls > 0)
        {
            Add(new RouteDecision(RouteStep.Plan, Capability.MainLocalModel, [$"the model that answers plans its own calls of tools, {_signals.ToolCalls} here"]));
        }

        Add(router.Answer(_signals));
        return new TurnRoute([.. _steps.Select(step => step.Stored())]) { Confidence = router.Confidence(_signals) };
    }
}
