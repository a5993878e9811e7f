namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Ends the chat.</summary>
internal sealed class QuitCommand() : SlashCommand("quit", "", "Leave; the session can be taken up again with --continue")
{
    public override Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        face.Leave();
        return Task.CompletedTask;
    }
}
