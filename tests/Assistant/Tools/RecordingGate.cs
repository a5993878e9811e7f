using PersonalAi.Tools.Policy;

namespace PersonalAi.Tests.Assistant.Tools;

/// <summary>Answers every question alike, and keeps what was asked.</summary>
/// <param name="answer">The answer.</param>
internal sealed class RecordingGate(Approval answer) : IToolGate
{
    private readonly List<(ToolRequest Request, string Reason)> _asked = [];

    public IReadOnlyList<(ToolRequest Request, string Reason)> Asked => _asked;

    public Task<Approval> AskAsync(ToolRequest request, string reason, CancellationToken cancellationToken = default)
    {
        _asked.Add((request, reason));
        return Task.FromResult(answer);
    }
}
