namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Has the last message answered anew.</summary>
internal sealed class RetryCommand() : SlashCommand("retry", "", "Have your last message answered anew; the first answer stays stored")
{
    public override Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default) =>
        face.ShowAsync(face.Chat.RetryAsync, cancellationToken);
}
