using PersonalAi.Memory.Audit;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>Runs calls and writes each into the audit log, whatever came of it.</summary>
/// <param name="runner">Runs them.</param>
/// <param name="audit">The log.</param>
/// <param name="face">Where the user sits.</param>
/// <param name="time">Tells when.</param>
internal sealed class AuditedTools(ToolRunner runner, ToolAudit audit, ToolFace face, TimeProvider time)
{
    // Of a tool that there is not: its name is the model's own, and may say anything.
    private const string NoTool = "unknown";

    /// <summary>The turn that calls are made for; null outside of one.</summary>
    public (SessionId Session, TurnId Turn)? Turn { get; init; }

    /// <inheritdoc cref="ToolRunner.RunAsync"/>
    public async Task<ToolOutcome> RunAsync(Tool? tool, ToolCall call, Taint taint, CancellationToken cancellationToken = default)
    {
        var calledAt = time.GetUtcNow();
        ToolOutcome? outcome = null;
        try
        {
            return outcome = await runner.RunAsync(tool, call, taint, cancellationToken);
        }
        finally
        {
            // Also what was cancelled: it may have done its work before.
            await audit.RecordAsync(Record(tool, call, taint, outcome) with { CalledAt = calledAt }, CancellationToken.None);
        }
    }

    private AuditedCall Record(Tool? tool, ToolCall call, Taint taint, ToolOutcome? outcome) =>
        new(tool?.Name ?? NoTool, tool?.Source ?? NoTool, tool?.Risk.ToWord() ?? NoTool, face.ToWord(), outcome?.Status.ToString().ToLowerInvariant() ?? "cancelled", call.ArgumentsSha256)
        {
            CalledAt = default,
            Session = Turn?.Session,
            Turn = Turn?.Turn,
            Untrusted = taint.Origins.Length,
            Decision = outcome?.Decision?.ToWord(),
            Approval = outcome?.Approval?.ToString().ToLowerInvariant(),
            Reason = outcome?.Ground ?? "",
            ResultSha256 = outcome?.ResultSha256,
            Elapsed = outcome?.Elapsed ?? TimeSpan.Zero,
        };
}
