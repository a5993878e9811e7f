using System.Globalization;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy.Consent;

/// <summary>Answers by a file that the user has written, where nobody can be asked.</summary>
/// <param name="file">The user's word.</param>
/// <param name="ledger">Tells what was spent by it.</param>
/// <param name="time">Tells whether it still holds.</param>
internal sealed class ConsentFileGate(ConsentFile file, EgressLedger ledger, TimeProvider time) : IPacketGate
{
    /// <exception cref="BudgetException">The budget of the file does not cover the packet.</exception>
    public async Task<PacketAnswer> AskAsync(Packet packet, CancellationToken cancellationToken = default)
    {
        var draft = packet.Draft;
        var reason = draft switch
        {
            _ when draft.Destination.Reference != file.Destination => $"it is for '{file.Destination}', and this would go to '{draft.Destination.Reference}'",
            _ when draft.Purpose != file.Purpose => $"it is to {Word(file.Purpose)}, and this is to {Word(draft.Purpose)}",
            _ when time.GetUtcNow() >= file.Expires => string.Create(CultureInfo.InvariantCulture, $"it expired at {file.Expires:u}"),
            _ when draft.Unconfirmed.Any() => "the question tells a fact labelled 'ask', for which each packet needs your own yes",
            _ => null,
        };
        if (reason is not null)
        {
            return new PacketAnswer.Refused($"The consent file does not cover this: {reason}. Nothing was sent.");
        }

        var spent = ConsentBudget.SpentIn((await ledger.CheckAsync(cancellationToken)).Entries, file.Id);
        return file.Budget.Refuse(spent, packet.Cost) is { } refusal
            ? throw new BudgetException($"The budget of the consent file does not cover this: {refusal}. Nothing was sent.")
            : new PacketAnswer.Granted(file.Id, "a consent file");
    }

    private static string Word(PacketPurpose purpose) => purpose.ToString().ToLowerInvariant();
}
