namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Takes note of what the user thinks of the last answer.</summary>
/// <param name="name">The word that is typed.</param>
/// <param name="isGood">Whether it says that the answer was good.</param>
internal sealed class RateCommand(string name, bool isGood)
    : SlashCommand(name, "", $"Say that the last answer was {name}; 'pai eval route' learns from it how sure is sure enough")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var turn = await face.Chat.RateAsync(isGood, cancellationToken);
        face.Say(RouteText.OfThumb(turn));
    }
}
