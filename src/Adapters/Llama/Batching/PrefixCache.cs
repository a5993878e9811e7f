using PersonalAi.Adapters.Llama.Snapshots;

namespace PersonalAi.Adapters.Llama.Batching;

/// <summary>Decides which sequence a prompt is evaluated in, so that as little as possible of it is evaluated again.</summary>
/// <param name="vocabulary">The vocabulary of the tokens.</param>
/// <param name="context">Where the sequences are.</param>
/// <param name="snapshots">Keeps on disk what leaves the memory; null where nothing is kept.</param>
internal sealed class PrefixCache(LlamaVocabulary vocabulary, LlamaContext context, KvSnapshots? snapshots)
{
    private readonly CachedSequence[] _sequences = [.. Enumerable.Range(0, context.Sequences).Select(id => new CachedSequence(id))];
    private long _clock;

    /// <summary>Takes an idle sequence for a prompt; there must be one. It then holds the longest prefix of the prompt that any sequence had.</summary>
    /// <param name="tokens">The prompt, or what has become of it.</param>
    /// <param name="request">Tells where answers begin, the conversation, which keeps its own sequence, and the adapters: only what was evaluated with the same counts.</param>
    /// <returns>The sequence, and how much of the prompt is in it.</returns>
    public (CachedSequence Sequence, PrefixMatch Match) Take(ReadOnlySpan<int> tokens, GenerationRequest request)
    {
        var conversation = request.Conversation;
        var (source, match) = FindLongest(tokens, request);
        var target = Choose(source, match, conversation);
        if (Restore(target, tokens, request, better: match.PromptTokens) is { } restored)
        {
            match = restored;
        }
        else
        {
            // To make room for a snapshot, the source may have been emptied.
            match = match.CachedTokens <= source.Length ? match : default;
            match = target == source ? target.Keep(context, match.CachedTokens) ? match : default : Copy(source, target, match);
        }

        target.Conversation = conversation;
        target.Snapshot = request.Snapshot;
        target.Adapters = request.Adapters;
        target.IsBusy = true;
        return (target, match);
    }

    /// <summary>Gives a sequence back; what it holds stays until the room is needed.</summary>
    public void Release(CachedSequence sequence)
    {
        sequence.IsBusy = false;
        sequence.LastUsed = ++_clock;
    }

    /// <summary>Empties the idle sequence that was used least recently.</summary>
    /// <returns>False if all idle sequences are empty.</returns>
    public bool EvictOldest()
    {
        var oldest = _sequences.Where(sequence => !sequence.IsBusy && sequence.Length > 0).MinBy(sequence => sequence.LastUsed);
        if (oldest is not null)
        {
            Empty(oldest);
        }

        return oldest is not null;
    }

    /// <summary>Writes an idle sequence to its snapshot.</summary>
    /// <returns>False if none has anything to write.</returns>
    public bool SaveOne()
    {
        var due = _sequences.FirstOrDefault(sequence => !sequence.IsBusy && KvSnapshots.IsDue(sequence));
        if (due is null || snapshots is null)
        {
            return false;
        }

        snapshots.SaveIfDue(due);
        return true;
    }

    /// <summary>Forgets a conversation that no generation goes on in: nothing of it is kept or written any more.</summary>
    public void Forget(string conversation) => ForgetWhere(sequence => sequence.Conversation == conversation);

    /// <summary>Forgets what would be written into a folder.</summary>
    public void ForgetSnapshots(string folder) =>
        ForgetWhere(sequence => sequence.Snapshot is { } place && Path.GetDirectoryName(Path.GetFullPath(place.Path)) == Path.GetFullPath(folder));

    private void ForgetWhere(Func<CachedSequence, bool> isConcerned)
    {
        foreach (var sequence in _sequences.Where(isConcerned))
        {
            sequence.Snapshot = null;
            if (!sequence.IsBusy)
            {
                Empty(sequence);
            }
        }
    }

    private void Empty(CachedSequence sequence)
    {
        snapshots?.SaveIfDue(sequence);
        sequence.Keep(context, 0);
    }

    // Reads the conversation back from the disk if that saves more than any sequence in memory does.
    private PrefixMatch? Restore(CachedSequence target, ReadOnlySpan<int> tokens, GenerationRequest request, int better)
    {
        if (snapshots is null || request.Snapshot is not { } place || tokens.Length - better < KvSnapshots.LeastTokens)
        {
            return null;
        }

        using var file = snapshots.Open(place, request.Adapters);
        if (file is null || PrefixMatch.Find(vocabulary, file.Tokens, tokens, request.AnswerStarts) is var match && match.PromptTokens - better < KvSnapshots.LeastTokens)
        {
            return null;
        }

        Empty(target);
        return snapshots.Restore(file, place.Path, target, EvictOldest) && target.Keep(context, match.CachedTokens) ? match : null;
    }

    private (CachedSequence Source, PrefixMatch Match) FindLongest(ReadOnlySpan<int> prompt, GenerationRequest request)
    {
        var best = (Source: _sequences[0], Match: default(PrefixMatch));
        foreach (var sequence in _sequences)
        {
            var match = sequence.Adapters.Equals(request.Adapters) ? PrefixMatch.Find(vocabulary, sequence.Tokens, prompt, request.AnswerStarts) : default;
            var usable = !context.KeepsWholeSequencesOnly || match.CachedTokens == sequence.Length;
            if (usable && (match.PromptTokens, !sequence.IsBusy).CompareTo((best.Match.PromptTokens, !best.Source.IsBusy)) > 0)
            {
                best = (sequence, match);
            }
        }

        return best;
    }

    private CachedSequence Choose(CachedSequence source, PrefixMatch match, string? conversation)
    {
        var idle = _sequences.Where(sequence => !sequence.IsBusy).ToArray();
        if (conversation is not null && idle.FirstOrDefault(sequence => sequence.Conversation == conversation) is { } own)
        {
            return own;
        }

        // Whoever sends no conversation goes on where most of a sequence that belongs to nobody either is what he sends.
        return !source.IsBusy && source.Conversation is null && conversation is null && 2 * match.CachedTokens >= source.Length
            ? source
            : idle.OrderBy(sequence => sequence.Length > 0).ThenBy(sequence => sequence.LastUsed).First();
    }

    private PrefixMatch Copy(CachedSequence source, CachedSequence target, PrefixMatch match)
    {
        Empty(target);
        if (match.CachedTokens > 0)
        {
            context.CopyPrefix(source.Id, target.Id, match.CachedTokens);
            target.Append(source.Tokens[..match.CachedTokens]);
        }

        return match;
    }
}
