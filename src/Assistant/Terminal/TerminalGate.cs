using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Asks the person at the terminal. Only what is typed after the question is an answer, and only a clear yes is one.</summary>
/// <param name="lines">What is typed; read only when there is a question.</param>
/// <param name="output">Where the question goes.</param>
/// <param name="keep">Writes the rule of the answer "always".</param>
internal sealed class TerminalGate(Lazy<TerminalLines> lines, TextWriter output, Func<ToolRule, CancellationToken, Task> keep) : IToolGate
{
    public async Task<Approval> AskAsync(ToolRequest request, string reason, CancellationToken cancellationToken = default)
    {
        var text = new ApprovalText(request, reason);
        for (var whole = false; ; whole = true)
        {
            var answer = await lines.Value.AskAsync(output, $"\n{text.Write(whole)}{text.Answers}", cancellationToken);
            switch ((answer.ToUpperInvariant(), request.Proposal))
            {
                case ("V", _):
                    break;
                case ("Y" or "YES", _):
                    return Approval.Once;
                case ("S", not null):
                    return Approval.Session;
                case ("A", { } rule):
                    return await KeepAsync(rule, cancellationToken);
                default:
                    await output.WriteLineAsync("It does not run.".AsMemory(), cancellationToken);
                    return Approval.No;
            }
        }
    }

    private async Task<Approval> KeepAsync(ToolRule rule, CancellationToken cancellationToken)
    {
        try
        {
            await keep(rule, cancellationToken);
            return Approval.Always;
        }
        catch (Exception error) when (error is UsageException or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"The rule holds for this session only: {TerminalText.Sanitize(error.Message)}".AsMemory(), cancellationToken);
            return Approval.Session;
        }
    }
}
