namespace PersonalAi.Assistant.Privacy.Ledger;

/// <summary>The ledger cannot be kept, so nothing leaves the machine.</summary>
internal sealed class LedgerException(string message, Exception? innerException = null) : Exception(message, innerException);
