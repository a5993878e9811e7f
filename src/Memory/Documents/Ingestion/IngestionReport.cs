namespace PersonalAi.Memory.Documents.Ingestion;

/// <summary>What became of the files that were looked at.</summary>
public sealed record IngestionReport
{
    /// <summary>The files that are new.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>The files that were read again, since they had changed.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The files that have another name now, and the same content.</summary>
    public IReadOnlyList<(string From, string To)> Moved { get; init; } = [];

    /// <summary>The documents that were removed, since their files are gone.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>How many files are as they were.</summary>
    public int Unchanged { get; init; }

    /// <summary>How many passages were stored.</summary>
    public int Passages { get; init; }

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];
}

/// <summary>A file or folder that was not read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Reason">Why: the message names it.</param>
public sealed record SkippedFile(string Path, MemoryException Reason);

/// <summary>How far reading has come.</summary>
/// <param name="Files">The files that are done.</param>
/// <param name="TotalFiles">All files to read.</param>
/// <param name="Bytes">The size of those that are done.</param>
/// <param name="TotalBytes">The size of all.</param>
public readonly record struct IngestionProgress(int Files, int TotalFiles, long Bytes, long TotalBytes);
