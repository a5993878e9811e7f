using PersonalAi.Memory.Encryption;

namespace PersonalAi.Memory.Storage;

/// <summary>How a database is opened; tests lower the limits and add migrations.</summary>
internal sealed record DatabaseOptions
{
    /// <summary>How long to wait for another program's write before giving up.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest file in pages of 4096 bytes, or null for SQLite's own limit.</summary>
    public int? MaxPages { get; init; }

    /// <summary>The key of an encrypted file; not used where the file is not encrypted.</summary>
    public MemoryKey? Key { get; init; }

    /// <summary>Every schema change, oldest first.</summary>
    public IReadOnlyList<Migration> Migrations { get; init; } = Migration.All;
}
