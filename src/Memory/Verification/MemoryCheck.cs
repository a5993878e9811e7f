using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Verification;

/// <summary>One thing that must hold in a whole memory.</summary>
/// <param name="Name">A word for it.</param>
/// <param name="Sentence">What is wrong where it does not hold; a number goes before it.</param>
/// <param name="Count">How many rows break it.</param>
/// <param name="Repair">Makes it hold again, in a transaction; null where nothing stored could.</param>
internal sealed record MemoryCheck(string Name, string Sentence, Func<SqliteConnection, long> Count, Action<SqliteConnection>? Repair = null);
