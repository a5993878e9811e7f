namespace PersonalAi.Tools.Policy;

/// <summary>What the rules say of a call, and which of them says it.</summary>
/// <param name="Decision">What is to happen.</param>
/// <param name="Reason">Why, for people and for the audit log: a clause without a full stop.</param>
public readonly record struct PolicyVerdict(PolicyDecision Decision, string Reason);

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
