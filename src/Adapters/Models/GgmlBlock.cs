using System.Collections.Frozen;

namespace PersonalAi.Adapters.Models;

/// <summary>The smallest unit in which a type stores numbers.</summary>
/// <param name="Elements">Numbers in one block.</param>
/// <param name="Bytes">Bytes of one block.</param>
public readonly record struct GgmlBlock(int Elements, int Bytes)
{
    private static readonly FrozenDictionary<GgmlType, GgmlBlock> Known = new Dictionary<GgmlType, GgmlBlock>
    {
        [GgmlType.F32] = new(1, 4),
        [GgmlType.F16] = new(1, 2),
        [GgmlType.Q4_0] = new(32, 18),
        [GgmlType.Q4_1] = new(32, 20),
        [GgmlType.Q5_0] = new(32, 22),
        [GgmlType.Q5_1] = new(32, 24),
        [GgmlType.Q8_0] = new(32, 34),
        [GgmlType.Q8_1] = new(32, 36),
        [GgmlType.Q2_K] = new(256, 84),
        [GgmlType.Q3_K] = new(256, 110),
        [GgmlType.Q4_K] = new(256, 144),
        [GgmlType.Q5_K] = new(256, 176),
        [GgmlType.Q6_K] = new(256, 210),
        [GgmlType.Q8_K] = new(256, 292),
        [GgmlType.IQ2_XXS] = new(256, 66),
        [GgmlType.IQ2_XS] = new(256, 74),
        [GgmlType.IQ3_XXS] = new(256, 98),
        [GgmlType.IQ1_S] = new(256, 50),
        [GgmlType.IQ4_NL] = new(32, 18),
        [GgmlType.IQ3_S] = new(256, 110),
        [GgmlType.IQ2_S] = new(256, 82),
        [GgmlType.IQ4_XS] = new(256, 136),
        [GgmlType.I8] = new(1, 1),
        [GgmlType.I16] = new(1, 2),
        [GgmlType.I32] = new(1, 4),
        [GgmlType.I64] = new(1, 8),
        [GgmlType.F64] = new(1, 8),
        [GgmlType.IQ1_M] = new(256, 56),
        [GgmlType.BF16] = new(1, 2),
        [GgmlType.TQ1_0] = new(256, 54),
        [GgmlType.TQ2_0] = new(256, 66),
        [GgmlType.MXFP4] = new(32, 17),
        [GgmlType.NVFP4] = new(64, 36),
        [GgmlType.Q1_0] = new(128, 18),
        [GgmlType.Q2_0] = new(64, 18),
    }.ToFrozenDictionary();

    /// <summary>The block of a type; false where the engine knows no such type (removed ids included).</summary>
    public static bool TryOf(GgmlType type, out GgmlBlock block) => Known.TryGetValue(type, out block);

    /// <summary>The block of a type that is known to exist.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static GgmlBlock Of(GgmlType type) => Known.TryGetValue(type, out var block)
        ? block
        : throw new ArgumentOutOfRangeException(nameof(type), type, "ggml has no such type.");

    /// <summary>Bytes that hold so many numbers; a block that is begun counts whole.</summary>
    public long BytesFor(long elements) => (elements + Elements - 1) / Elements * Bytes;
}
