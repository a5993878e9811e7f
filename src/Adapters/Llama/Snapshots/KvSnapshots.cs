using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Llama.Batching;
using PersonalAi.Adapters.Llama.Lora;

namespace PersonalAi.Adapters.Llama.Snapshots;

/// <summary>Writes sequences of a context to files, and reads them back. A snapshot that cannot be written or read costs time, nothing else.</summary>
/// <param name="context">The context.</param>
/// <param name="identity">Names all that decides what keys and values a token has, but for the adapters.</param>
/// <param name="time">Tells which were used last.</param>
/// <param name="logger">Told what went wrong.</param>
internal sealed partial class KvSnapshots(LlamaContext context, string identity, TimeProvider time, ILogger logger)
{
    /// <summary>Fewer tokens are evaluated as fast as they are read.</summary>
    public const int LeastTokens = 32;

    /// <summary>Whether a sequence has grown since it was written, by so much that it is worth it.</summary>
    public static bool IsDue(CachedSequence sequence) => sequence.Snapshot is not null && sequence.Length - sequence.SavedLength >= LeastTokens;

    /// <summary>Writes a sequence if that is due.</summary>
    public void SaveIfDue(CachedSequence sequence)
    {
        if (!IsDue(sequence))
        {
            return;
        }

        var place = sequence.Snapshot!;
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(place.Path))!;

            // What was said can be computed back from keys and values.
            PrivateFolder.Create(folder);
            KvSnapshotFile.Write(place, IdentityWith(sequence.Adapters), sequence.Tokens, context.StateLength(sequence.Id), file => context.SaveState(sequence.Id, file));
            new KvSnapshotFolder(folder).Prune(place.MaxFolderBytes);
            LogSaved(logger, sequence.Length, place.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(logger, place.Path, e.Message);
        }

        // What failed is not tried again before the sequence has grown further.
        sequence.SavedLength = sequence.Length;
    }

    /// <summary>Opens the snapshot at a place if it was written under the same conditions.</summary>
    public KvSnapshotFile? Open(KvSnapshotPlace place, AdapterSet adapters)
    {
        var file = KvSnapshotFile.Open(place, IdentityWith(adapters), out var problem);
        if (file is not null)
        {
            // Those used least recently are the first to go.
            File.SetLastWriteTimeUtc(place.Path, time.GetUtcNow().UtcDateTime);
        }
        else if (problem is not null)
        {
            LogNotRead(logger, place.Path, problem);
        }

        return file;
    }

    private string IdentityWith(AdapterSet adapters) => $"{identity}{adapters.Identity}";

    /// <summary>Puts the snapshot of a request into an empty sequence.</summary>
    /// <param name="file">The snapshot.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="makeRoom">Frees cells of the cache, and tells whether it could.</param>
    /// <returns>False if it is torn, or does not fit into the cache.</returns>
    public bool Restore(KvSnapshotFile file, string path, CachedSequence sequence, Func<bool> makeRoom)
    {
        if (!file.IsWhole())
        {
            LogTorn(logger, path);
            return false;
        }

        while (!context.RestoreState(sequence.Id, file))
        {
            if (!makeRoom())
            {
                return false;
            }
        }

        sequence.Append(file.Tokens);
        sequence.SavedLength = sequence.Length;
        LogRestored(logger, sequence.Length, path);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The KV cache of {Tokens} tokens was written to '{Path}'.")]
    private static partial void LogSaved(ILogger logger, int tokens, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The KV cache could not be written to '{Path}': {Reason}")]
    private static partial void LogNotSaved(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The KV cache of {Tokens} tokens was read from '{Path}'.")]
    private static partial void LogRestored(ILogger logger, int tokens, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The KV snapshot '{Path}' cannot be read, so the conversation is evaluated anew: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The KV snapshot '{Path}' is torn: the conversation is evaluated anew.")]
    private static partial void LogTorn(ILogger logger, string path);
}
