using PersonalAi.Assistant.Escalation;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Has a model elsewhere answer, after the user saw and approved what would be sent.</summary>
/// <param name="open">Has packets approved here; an exception where that is not allowed.</param>
internal sealed class EscalateCommand(Func<CancellationToken, Task<Escalator>> open)
    : SlashCommand("escalate", "[QUESTION]", "Ask a model elsewhere instead: shows every byte first, and sends nothing without your yes")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var escalator = await open(cancellationToken);
        await face.ShowAsync(token => face.Chat.EscalateAsync(escalator, argument.Length > 0 ? argument : null, cancellationToken: token), cancellationToken);
    }
}
