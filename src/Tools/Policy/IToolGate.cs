namespace PersonalAi.Tools.Policy;

/// <summary>Asks the user whether a call may run.</summary>
public interface IToolGate
{
    /// <summary>What the user answers.</summary>
    /// <param name="request">The call, and the rule that a lasting answer makes.</param>
    /// <param name="reason">Why it is asked, in words of the program's own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Approval> AskAsync(ToolRequest request, string reason, CancellationToken cancellationToken = default);
}

/// <summary>What the user says of a call.</summary>
public enum Approval
{
    /// <summary>It may not run.</summary>
    No,

    /// <summary>It may run this once.</summary>
    Once,

    /// <summary>Calls of <see cref="ToolRequest.Proposal"/> may run until the session ends.</summary>
    Session,

    /// <summary>Calls of <see cref="ToolRequest.Proposal"/> may always run: the gate has written the rule.</summary>
    Always,

    /// <summary>Nobody can be asked here.</summary>
    Impossible,
}
