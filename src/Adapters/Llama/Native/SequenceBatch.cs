using System.Runtime.InteropServices;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>A <c>llama_batch</c> of several texts, each a sequence of its own, all of whose tokens give output.</summary>
internal sealed unsafe class SequenceBatch : IDisposable
{
    private readonly void* _block;

    public SequenceBatch(IReadOnlyList<int[]> sequences)
    {
        var count = sequences.Sum(sequence => sequence.Length);

        // One block for token, pos, n_seq_id, seq_id's pointers, seq_id's values and logits; the pointers first, for alignment.
        _block = NativeMemory.AllocZeroed((nuint)count, (nuint)(sizeof(int*) + 4 * sizeof(int) + 1));
        var pointers = (int**)_block;
        var tokens = (int*)(pointers + count);
        var positions = tokens + count;
        var sequenceCounts = positions + count;
        var sequenceIds = sequenceCounts + count;
        var outputs = (sbyte*)(sequenceIds + count);

        var at = 0;
        for (var sequence = 0; sequence < sequences.Count; sequence++)
        {
            for (var position = 0; position < sequences[sequence].Length; position++, at++)
            {
                tokens[at] = sequences[sequence][position];
                positions[at] = position;
                sequenceCounts[at] = 1;
                sequenceIds[at] = sequence;
                pointers[at] = sequenceIds + at;
                outputs[at] = 1;
            }
        }

        Native = new llama_batch
        {
            n_tokens = count,
            token = tokens,
            pos = positions,
            n_seq_id = sequenceCounts,
            seq_id = pointers,
            logits = outputs,
        };
    }

    public llama_batch Native { get; }

    public void Dispose() => NativeMemory.Free(_block);
}
