using System.Runtime.InteropServices;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>A <c>llama_batch</c> that is filled token by token and used again.</summary>
internal sealed unsafe class TokenBatch : IDisposable
{
    private readonly void* _block;
    private llama_batch _batch;

    /// <param name="capacity">The most tokens it takes.</param>
    public TokenBatch(int capacity)
    {
        Capacity = capacity;

        // One block for seq_id's pointers (first, for alignment), its values, token, pos, n_seq_id and logits.
        _block = NativeMemory.AllocZeroed((nuint)capacity, (nuint)(sizeof(int*) + (4 * sizeof(int)) + 1));
        var sequences = (int**)_block;
        var sequence = (int*)(sequences + capacity);
        _batch = new llama_batch
        {
            token = sequence + capacity,
            pos = sequence + (2 * capacity),
            n_seq_id = sequence + (3 * capacity),
            seq_id = sequences,
            logits = (sbyte*)(sequence + (4 * capacity)),
        };
        for (var i = 0; i < capacity; i++)
        {
            sequences[i] = sequence + i;
            _batch.n_seq_id[i] = 1;
        }
    }

    /// <summary>The most tokens it takes.</summary>
    public int Capacity { get; }

    /// <summary>How many tokens it has.</summary>
    public int Count => _batch.n_tokens;

    /// <summary>The batch as llama.cpp takes it; valid until the next change.</summary>
    public llama_batch Native => _batch;

    /// <summary>Adds a token.</summary>
    /// <param name="token">Its id.</param>
    /// <param name="position">Its place in its sequence.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="givesOutput">Whether its logits or embedding are wanted.</param>
    public void Add(int token, int position, int sequence, bool givesOutput)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Count, Capacity);
        var at = _batch.n_tokens++;
        _batch.token[at] = token;
        _batch.pos[at] = position;
        _batch.seq_id[at][0] = sequence;
        _batch.logits[at] = givesOutput ? (sbyte)1 : (sbyte)0;
    }

    /// <summary>Takes all tokens out.</summary>
    public void Clear() => _batch.n_tokens = 0;

    public void Dispose() => NativeMemory.Free(_block);
}
