using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Snapshots;

namespace PersonalAi.Adapters.Llama.Batching;

/// <summary>A sequence of the context, and the tokens whose keys and values the KV cache holds for it.</summary>
/// <param name="id">Its number in llama.cpp.</param>
internal sealed class CachedSequence(int id)
{
    private readonly List<int> _tokens = [];

    /// <summary>Its number in llama.cpp.</summary>
    public int Id => id;

    /// <summary>The tokens, from position 0 on.</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>How many tokens there are.</summary>
    public int Length => _tokens.Count;

    /// <summary>The conversation that they belong to, or null.</summary>
    public string? Conversation { get; set; }

    /// <summary>The adapters that its tokens were evaluated with.</summary>
    public AdapterSet Adapters { get; set; } = AdapterSet.Empty;

    /// <summary>Where its snapshot belongs, or null.</summary>
    public KvSnapshotPlace? Snapshot { get; set; }

    /// <summary>How many of its tokens are in the snapshot.</summary>
    public int SavedLength { get; set; }

    /// <summary>When it was used last: higher is later.</summary>
    public long LastUsed { get; set; }

    /// <summary>Whether a generation goes on in it.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Has the cache hold the first tokens only.</summary>
    /// <returns>False if the model's state cannot be cut: then the sequence is empty.</returns>
    public bool Keep(LlamaContext context, int length)
    {
        var kept = context.Truncate(id, length);
        if (!kept)
        {
            context.Truncate(id, 0);
            length = 0;
        }

        _tokens.RemoveRange(length, _tokens.Count - length);
        SavedLength = Math.Min(SavedLength, length);
        return kept;
    }

    /// <summary>Takes note of tokens that were evaluated.</summary>
    public void Append(ReadOnlySpan<int> tokens) => _tokens.AddRange(tokens);
}
