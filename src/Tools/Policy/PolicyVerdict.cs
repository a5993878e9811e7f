namespace PersonalAi.Tools.Policy;

/// <summary>What the rules say of a call, and which of them says it.</summary>
/// <param name="Decision">What is to happen.</param>
/// <param name="Reason">Why, for people: a clause without a full stop.</param>
public readonly record struct PolicyVerdict(PolicyDecision Decision, string Reason)
{
    /// <summary>The reason for a log: without what the user or others wrote.</summary>
    public string Ground
    {
        get => field ?? Reason;
        init;
    }

    /// <summary>The rule that allows calls like this one from now on; null where each of them must be asked.</summary>
    public ToolRule? Proposal { get; init; }
}

/// <summary>What is to happen with a call.</summary>
public enum PolicyDecision
{
    /// <summary>It runs.</summary>
    Allow,

    /// <summary>The user is asked; where nobody can be, it does not run.</summary>
    Ask,

    /// <summary>It does not run.</summary>
    Deny,
}
