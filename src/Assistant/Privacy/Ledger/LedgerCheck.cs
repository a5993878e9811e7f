namespace PersonalAi.Assistant.Privacy.Ledger;

/// <summary>What a look at every entry found.</summary>
/// <param name="Entries">The entries that are as they were written, up to the first fault.</param>
/// <param name="Torn">Lines that a crash cut off while they were written; the chain goes on around them.</param>
/// <param name="Fault">What is wrong; null where nothing is.</param>
internal sealed record LedgerCheck(IReadOnlyList<LedgerEntry> Entries, int Torn, string? Fault)
{
    public bool IsWhole => Fault is null;
}
