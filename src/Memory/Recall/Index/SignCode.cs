using System.Numerics;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>The signs of a vector's components as bits: the share of bits that differ tells roughly the angle between two vectors.</summary>
// Charikar 2002, "Similarity estimation techniques from rounding algorithms"; 48 bytes for 384 components, a thirty-second of them.
internal static class SignCode
{
    /// <summary>The bytes of a code, whole 64-bit words.</summary>
    public static int LengthFor(int dimensions) => (dimensions + 63) / 64 * sizeof(ulong);

    /// <summary>The code of a vector.</summary>
    public static byte[] Of(ReadOnlySpan<float> vector)
    {
        var code = new byte[LengthFor(vector.Length)];
        for (var component = 0; component < vector.Length; component++)
        {
            if (vector[component] > 0)
            {
                code[component / 8] |= (byte)(1 << (component % 8));
            }
        }

        return code;
    }

    /// <summary>How many bits differ.</summary>
    public static int Distance(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var bits = 0;
        for (var word = 0; word < left.Length; word++)
        {
            bits += BitOperations.PopCount(left[word] ^ right[word]);
        }

        return bits;
    }
}
