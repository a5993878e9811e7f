namespace PersonalAi.Adapters.Llama.Snapshots;

/// <summary>Where the KV snapshot of a conversation is kept.</summary>
/// <param name="Path">Its file.</param>
/// <param name="MaxFolderBytes">What all snapshots of that folder may take on disk, in bytes; those used least recently go first.</param>
public sealed record KvSnapshotPlace(string Path, long MaxFolderBytes)
{
    /// <summary>32 bytes that it is encrypted under; null where it is not.</summary>
    public byte[]? Key { get; init; }
}
