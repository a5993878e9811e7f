namespace PersonalAi.Assistant.Privacy.Ledger;

/// <summary>What an entry of the ledger tells.</summary>
internal enum LedgerEvent
{
    /// <summary>A request is about to leave; it is written before the first byte does.</summary>
    Sent,

    /// <summary>The other side answered.</summary>
    Answered,

    /// <summary>No answer came.</summary>
    Failed,

    /// <summary>What the answer cost, where a model gave it.</summary>
    Charged,
}
