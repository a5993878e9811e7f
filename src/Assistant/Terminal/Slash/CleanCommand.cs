namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Takes untrusted text out of the context window, so that tools can be used again without asking.</summary>
internal sealed class CleanCommand() : SlashCommand("clean", "", "Take pages, files and other texts that are not yours out of the context window")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var origins = await face.Chat.CleanAsync(cancellationToken);
        face.Say(origins.Count == 0
            ? "Nothing but your words, and answers to them, stands in the context window."
            : $"Taken out of the context window, with what was said after it: {string.Join(", ", origins)}. It stays in the session.");
    }
}
