namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Shows what did each step of the last answer, and why.</summary>
internal sealed class RouteCommand() : SlashCommand("route", "", "Show what did each step of the last answer, why, and whether asking elsewhere is proposed")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var turn = await face.Chat.LastTurnAsync(cancellationToken) ?? throw new UsageException("There is no answer to explain yet.");
        foreach (var line in RouteText.Of(turn))
        {
            face.Say(line);
        }
    }
}
