namespace PersonalAi.Adapters.Models.Lora;

/// <summary>What an adapter adds to one matrix of its base model: the product of two narrow ones.</summary>
/// <param name="Target">The matrix, as the base model names it.</param>
/// <param name="A">Brings the input down to the rank.</param>
/// <param name="B">Brings it up again to the output.</param>
public sealed record LoraPair(string Target, GgufTensor A, GgufTensor B)
{
    /// <summary>How many numbers stand between the two.</summary>
    public long Rank => Extent(B, 0);

    /// <summary>The embedding of tokens is looked up, not multiplied, so its first half lies the other way round (<c>build_inp_embd</c>).</summary>
    internal bool IsEmbedding => Target.EndsWith("token_embd.weight", StringComparison.Ordinal);

    /// <summary>Whether both halves have one rank, and the extents that the target asks for.</summary>
    internal bool Fits(GgufTensor target)
    {
        var (input, inner) = IsEmbedding ? (Extent(A, 1), Extent(A, 0)) : (Extent(A, 0), Extent(A, 1));
        var (from, to) = IsEmbedding ? (Extent(target, 1), Extent(target, 0)) : (Extent(target, 0), Extent(target, 1));
        return target.Shape.Length > 1
            && inner == Rank
            && (input, Extent(B, 1)) == (from, to)
            && Enumerable.Range(2, 2).All(i => Extent(A, i) == Extent(target, i) && Extent(B, i) == Extent(target, i));
    }

    // Writers leave out trailing extents of one.
    private static long Extent(GgufTensor tensor, int dimension) => dimension < tensor.Shape.Length ? tensor.Shape[dimension] : 1;
}
