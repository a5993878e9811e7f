namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Begins a new session.</summary>
internal sealed class NewCommand() : SlashCommand("new", "", "Begin a new session; this one stays stored")
{
    public override Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        face.Chat.BeginAnew();
        face.Say("A new session begins with your next message.");
        return Task.CompletedTask;
    }
}
