namespace PersonalAi.Memory.Conversations;

/// <summary>Where an answer came from that a model elsewhere gave.</summary>
/// <param name="Turn">The turn that it answers.</param>
/// <param name="Destination">As the user names the model.</param>
/// <param name="PacketSha256">The SHA-256 of what was sent, in hexadecimal digits.</param>
/// <param name="Consent">The name of the consent in the ledger.</param>
public sealed record EscalatedAnswer(TurnId Turn, string Destination, string PacketSha256, string Consent)
{
    /// <summary>The model that the server says answered; null where it does not say.</summary>
    public string? Model { get; init; }

    /// <summary>How many values placeholders stood for.</summary>
    public int Redactions { get; init; }

    /// <summary>Tokens of the packet.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of the answer.</summary>
    public long OutputTokens { get; init; }

    /// <summary>US dollars; null where no price is known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Whether the answer may be used for training.</summary>
    public bool MayTrain { get; init; }

    /// <summary>The number of the note that keeps it; null where there is none any more.</summary>
    public long? Note { get; init; }
}
