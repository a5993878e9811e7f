namespace PersonalAi.Assistant.Privacy.Packets;

/// <summary>The bytes that the user approved. They go to the address they were approved for, and are delivered once.</summary>
/// <param name="destination">The whole address.</param>
/// <param name="sha256">The SHA-256 of the body, in hexadecimal digits.</param>
/// <param name="redactions">How many values placeholders stand for in it.</param>
/// <param name="cost">What it is estimated to cost at most.</param>
internal sealed class ApprovedPacket(Uri destination, string sha256, int redactions, PacketCost cost)
{
    private int _taken;

    public int Redactions { get; } = redactions;

    public PacketCost Cost { get; } = cost;

    /// <summary>The number of the ledger's entry of the request; null while none has left.</summary>
    public long? Entry { get; set; }

    /// <summary>Takes the right to send it; false where it is not this packet, or was sent already.</summary>
    public bool TryTake(Uri address, string bodySha256) =>
        address == destination && bodySha256 == sha256 && Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>Gives the right back: the other side said that it did not take the packet, or was never reached.</summary>
    public void GiveBack() => Interlocked.Exchange(ref _taken, 0);
}
