using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models;

/// <summary>Where a tensor lies in a GGUF file and how it is stored.</summary>
/// <param name="Name">As the file names it, e.g. <c>blk.0.attn_q.weight</c>.</param>
/// <param name="Shape">One to four extents in ggml's order: the contiguous one (ne0) first.</param>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Offset">First byte, counted from the beginning of the file.</param>
/// <param name="Bytes">Length in the file, padding excluded.</param>
public sealed record GgufTensor(string Name, ImmutableArray<long> Shape, GgmlType Type, long Offset, long Bytes)
{
    /// <summary>How many numbers it holds.</summary>
    public long Elements => Shape.Aggregate(1L, (product, extent) => product * extent);
}
