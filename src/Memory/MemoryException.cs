namespace PersonalAi.Memory;

/// <summary>What can be done about something that the memory could not do.</summary>
public enum MemoryError
{
    /// <summary>Nothing has this id: look it up again.</summary>
    NotFound,

    /// <summary>Several ids start like this: give more characters.</summary>
    Ambiguous,

    /// <summary>What was given cannot be used: change it.</summary>
    Invalid,

    /// <summary>The file is damaged or not this program's database: restore a backup, or choose another file.</summary>
    Corrupt,

    /// <summary>The file was written by a newer program: use that program.</summary>
    NewerSchema,

    /// <summary>No room is left on the disk: free some.</summary>
    DiskFull,

    /// <summary>The file or its folder may not be written: change its permissions.</summary>
    ReadOnly,

    /// <summary>Another program holds the file: wait, or close it.</summary>
    Locked,

    /// <summary>It is encrypted, and no key was given or another: give the right one.</summary>
    WrongKey,

    /// <summary>No usable SQLite library is here: build the project again, or install one.</summary>
    LibraryMissing,

    /// <summary>A program that reads this kind of file is not installed: install it.</summary>
    ProgramMissing,

    /// <summary>It lies elsewhere, and fetching it was not allowed: get it yourself.</summary>
    NeedsConsent,

    /// <summary>Storage failed while it was working: look at the inner error.</summary>
    Failed,
}

/// <summary>The memory could not be opened, read or written.</summary>
/// <param name="error">What can be done about it.</param>
/// <param name="message">What failed, the value in quotes, and what to do: one sentence with a full stop.</param>
/// <param name="innerException">The error this one was translated from.</param>
public sealed class MemoryException(MemoryError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What can be done about it.</summary>
    public MemoryError Error { get; } = error;
}
