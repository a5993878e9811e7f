using PersonalAi.Memory.Recall;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Shows what stands behind the last answer.</summary>
/// <param name="recalls">What was recalled for each turn.</param>
/// <param name="time">Tells where the user's clocks run.</param>
internal sealed class WhyCommand(RecallLog recalls, TimeProvider time) : SlashCommand("why", "", "Show which memories stand behind the last answer, and what was left out")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var turn = await face.Chat.LastTurnAsync(cancellationToken) ?? throw new UsageException("There is no answer to explain yet.");
        foreach (var line in WhyText.Of(turn, await recalls.ReadAsync(turn.Id, cancellationToken), time))
        {
            face.Say(line);
        }
    }
}
