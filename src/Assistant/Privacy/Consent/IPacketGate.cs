using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy.Consent;

/// <summary>Has the user's word on a packet.</summary>
internal interface IPacketGate
{
    /// <summary>What the user says of exactly these bytes.</summary>
    Task<PacketAnswer> AskAsync(Packet packet, CancellationToken cancellationToken = default);
}

/// <summary>What the user says of a packet.</summary>
internal abstract record PacketAnswer
{
    private PacketAnswer()
    {
    }

    /// <summary>It may go, once.</summary>
    /// <param name="Consent">The name of the consent in the ledger.</param>
    /// <param name="Ground">Where it was given, for the ledger.</param>
    internal sealed record Granted(string Consent, string Ground) : PacketAnswer;

    /// <summary>It shall be another.</summary>
    internal sealed record Changed(PacketDraft Draft) : PacketAnswer;

    /// <summary>It may not go.</summary>
    /// <param name="Reason">Why, and what to do: a sentence with a full stop.</param>
    internal sealed record Refused(string Reason) : PacketAnswer;
}
