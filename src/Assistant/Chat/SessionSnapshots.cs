using PersonalAi.Adapters.Llama.Snapshots;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Chat;

/// <summary>The KV snapshots of the sessions: what the model has read of them, on disk.</summary>
/// <param name="path">Their folder.</param>
/// <param name="maxBytes">What they may take; 0 keeps none.</param>
/// <param name="key">What they are encrypted under; null where the memory is not encrypted.</param>
internal sealed class SessionSnapshots(string path, long maxBytes, byte[]? key = null)
{
    // So much text takes longer to evaluate than to read back.
    private const int LongText = 2000;

    private readonly KvSnapshotFolder _folder = new(path);

    /// <summary>Where the snapshot of a session belongs; null where it is not worth one, as a single short question.</summary>
    public KvSnapshotPlace? PlaceOf(SessionId session, ConversationWindow window, string text) =>
        maxBytes > 0 && (window.Turns.Count > 0 || text.Length > LongText) ? new KvSnapshotPlace(_folder.FileOf(session.ToString()), maxBytes) { Key = key } : null;

    /// <summary>Deletes the snapshot of a session, if there is one.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Delete(SessionId session) => _folder.Delete(session.ToString());

    /// <inheritdoc cref="KvSnapshotFolder.Prune"/>
    public PrunedSnapshots Prune(long? keepBytes = null) => _folder.Prune(keepBytes ?? maxBytes);
}
