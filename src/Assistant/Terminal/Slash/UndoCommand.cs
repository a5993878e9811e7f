namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Takes the last message back.</summary>
internal sealed class UndoCommand() : SlashCommand("undo", "", "Take your last message and its answer back; both stay stored")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        var turn = await face.Chat.UndoAsync(cancellationToken);
        face.Say(turn is null ? "There is nothing to take back." : $"Taken back: {turn.Prompt}");
    }
}
