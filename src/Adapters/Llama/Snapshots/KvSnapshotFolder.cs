namespace PersonalAi.Adapters.Llama.Snapshots;

/// <summary>The KV snapshots of a data folder: a cache on disk, of which every file can be deleted at any time.</summary>
/// <param name="path">The folder.</param>
public sealed class KvSnapshotFolder(string path)
{
    /// <summary>What is appended to the name of a file that is being written.</summary>
    internal const string Unfinished = ".part";

    private const string Ending = ".kv";

    /// <summary>The file of a conversation.</summary>
    public string FileOf(string conversation) => Path.Combine(path, conversation + Ending);

    /// <summary>Deletes the snapshot of a conversation, if there is one.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Delete(string conversation)
    {
        if (Directory.Exists(path))
        {
            File.Delete(FileOf(conversation));
        }
    }

    /// <summary>Deletes the snapshots that were used least recently until the rest takes no more than a number of bytes.</summary>
    /// <returns>What was deleted.</returns>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    public PrunedSnapshots Prune(long maxBytes)
    {
        var (deleted, deletedBytes, kept) = (0, 0L, 0L);
        foreach (var file in Files($"*{Ending}").OrderByDescending(file => file.LastWriteTimeUtc))
        {
            if (kept + file.Length <= maxBytes)
            {
                kept += file.Length;
                continue;
            }

            (deleted, deletedBytes) = (deleted + 1, deletedBytes + file.Length);
            file.Delete();
        }

        // Left by a program that was killed; one that is being written at this moment is lost, which costs a prefill.
        foreach (var unfinished in Files($"*{Ending}{Unfinished}"))
        {
            unfinished.Delete();
        }

        return new PrunedSnapshots(deleted, deletedBytes, kept);
    }

    private IEnumerable<FileInfo> Files(string pattern) => Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles(pattern) : [];
}

/// <summary>What was deleted of the KV snapshots, and what is left.</summary>
/// <param name="Deleted">How many files were deleted.</param>
/// <param name="DeletedBytes">The bytes they took.</param>
/// <param name="KeptBytes">The bytes that the rest takes.</param>
public sealed record PrunedSnapshots(int Deleted, long DeletedBytes, long KeptBytes);
