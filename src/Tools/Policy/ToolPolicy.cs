namespace PersonalAi.Tools.Policy;

/// <summary>Decides which calls run: the rules of the user, and what holds where no rule speaks.</summary>
public sealed class ToolPolicy
{
    /// <summary>What is to happen with a call.</summary>
    public PolicyVerdict Decide(ToolRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Tool.Risk == ToolRisk.ReadsLocal
            ? new PolicyVerdict(PolicyDecision.Allow, "it only reads on this machine")
            : new PolicyVerdict(PolicyDecision.Ask, "it changes something or leaves this machine");
    }
}
