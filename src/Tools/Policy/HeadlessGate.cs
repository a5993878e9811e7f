namespace PersonalAi.Tools.Policy;

/// <summary>Stands where nobody can be asked: what needs approval does not run.</summary>
public sealed class HeadlessGate : IToolGate
{
    /// <inheritdoc/>
    public Task<Approval> AskAsync(ToolRequest request, string reason, CancellationToken cancellationToken = default) => Task.FromResult(Approval.Impossible);
}
