using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Escalation;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Shows what the local model and one elsewhere answer, side by side, and learns from the user which of them was worth it.</summary>
/// <param name="open">Has packets approved here; an exception where that is not allowed.</param>
/// <param name="askAsync">Asks the person at the terminal.</param>
internal sealed class CompareCommand(Func<CancellationToken, Task<Escalator>> open, Func<string, CancellationToken, Task<string>> askAsync)
    : SlashCommand("compare", "[QUESTION]", "Have a model elsewhere answer beside the local one, with your yes to every byte, and say which was better")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        // Before the local model works for nothing.
        var escalator = await open(cancellationToken);
        if (argument.Length > 0)
        {
            await face.ShowAsync(token => face.Chat.SendAsync(new UserMessage(argument), cancellationToken: token), cancellationToken);
        }

        var here = await face.Chat.LastTurnAsync(cancellationToken) ?? throw new UsageException("There is no answer to compare yet: write a message first, or '/compare QUESTION'.");
        await face.ShowAsync(token => face.Chat.EscalateAsync(escalator, question: null, PacketPurpose.Compare, token), cancellationToken);
        if (await face.Chat.LastTurnAsync(cancellationToken) is { Outcome.Status: TurnStatus.Complete } there && there.Id != here.Id)
        {
            face.Say(SideBySide.Of($"{here.Model} (here)", here.Answer, $"{there.Model} (elsewhere)", there.Answer));
            await JudgeAsync(face, here, there, cancellationToken);
        }
    }

    // Like questions are looked up by the thumbs on local answers: they tell what is worth asking elsewhere.
    private async Task JudgeAsync(ChatFace face, Turn here, Turn there, CancellationToken cancellationToken)
    {
        switch ((await askAsync("Which was better? [h] here, [e] elsewhere, [b] both alike, Enter: no matter: ", cancellationToken)).ToUpperInvariant())
        {
            case "H":
                await face.Chat.ChooseAsync(here, here, isGood: true, cancellationToken);
                face.Say("The session goes on from the local answer; questions like this one are answered well here.");
                break;
            case "E":
                await face.Chat.ChooseAsync(there, here, isGood: false, cancellationToken);
                face.Say($"The session goes on from the answer of {there.Model}; asking elsewhere is proposed sooner for questions like this one.");
                break;
            case "B":
                await face.Chat.ChooseAsync(here, here, isGood: true, cancellationToken);
                face.Say("The session goes on from the local answer; asking elsewhere was not worth it for questions like this one.");
                break;
        }
    }
}
