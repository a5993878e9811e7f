using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy.Consent;

/// <summary>Shows a packet, changes it as the user wants, and ends with the user's word on the very bytes.</summary>
/// <param name="builder">Makes the bytes.</param>
/// <param name="gate">Has the user's word.</param>
internal sealed class PacketDialogue(PacketBuilder builder, IPacketGate gate)
{
    /// <summary>Has a draft approved.</summary>
    /// <exception cref="DeniedException">It was not approved, or must not leave.</exception>
    /// <exception cref="BudgetException">It would cost more than is left.</exception>
    public async Task<ApprovedAsking> ApproveAsync(PacketDraft draft, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var packet = await builder.BuildAsync(draft, cancellationToken);
            switch (await gate.AskAsync(packet, cancellationToken))
            {
                case PacketAnswer.Granted granted when !packet.Draft.Unconfirmed.Any():
                    return new ApprovedAsking(packet, granted);
                case PacketAnswer.Changed changed:
                    draft = changed.Draft;
                    break;
                case PacketAnswer.Refused refused:
                    throw new DeniedException(refused.Reason);
                default:
                    throw new DeniedException("Nothing was sent: the question tells a fact labelled 'ask', to which you did not say yes.");
            }
        }
    }
}

/// <summary>A packet and the user's word on it.</summary>
internal sealed record ApprovedAsking(Packet Packet, PacketAnswer.Granted Word);
