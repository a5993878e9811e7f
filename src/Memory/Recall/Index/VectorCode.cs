using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>A vector in a byte for each component: a quarter of its size, and its cosines within a few thousandths.</summary>
/// <remarks><c>float</c> scale, then <c>sbyte[dimensions]</c>; a component is scale times byte.</remarks>
internal static class VectorCode
{
    /// <summary>The bytes of the scale, which stands first.</summary>
    public const int ScaleBytes = sizeof(float);

    /// <summary>The code of a vector.</summary>
    public static byte[] Of(ReadOnlySpan<float> vector)
    {
        var code = new byte[ScaleBytes + vector.Length];
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / sbyte.MaxValue;
        MemoryMarshal.Write(code, scale);
        var components = MemoryMarshal.Cast<byte, sbyte>(code.AsSpan(ScaleBytes));
        for (var component = 0; component < vector.Length; component++)
        {
            components[component] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(vector[component] / scale);
        }

        return code;
    }

    /// <summary>The scale of a code, and its components.</summary>
    public static (float Scale, ReadOnlyMemory<byte> Components) Parts(byte[] code) => (MemoryMarshal.Read<float>(code), code.AsMemory(ScaleBytes));

    /// <summary>The dot product of components of the same length.</summary>
    public static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var (sum, done) = Avx2.IsSupported ? DotAvx2(left, right) : DotPortable(left, right);
        for (; done < left.Length; done++)
        {
            sum += left[done] * right[done];
        }

        return sum;
    }

    private static (int Sum, int Done) DotAvx2(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var sum = Vector256<int>.Zero;
        var done = 0;
        for (; done + Vector128<sbyte>.Count <= left.Length; done += Vector128<sbyte>.Count)
        {
            var products = Avx2.MultiplyAddAdjacent(
                Avx2.ConvertToVector256Int16(Vector128.Create(left[done..])), Avx2.ConvertToVector256Int16(Vector128.Create(right[done..])));
            sum += products;
        }

        return (Vector256.Sum(sum), done);
    }

    private static (int Sum, int Done) DotPortable(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var sum = Vector<int>.Zero;
        var done = 0;
        for (; done + Vector<sbyte>.Count <= left.Length; done += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(left[done..]), out var leftLow, out var leftHigh);
            Vector.Widen(new Vector<sbyte>(right[done..]), out var rightLow, out var rightHigh);
            Vector.Widen(leftLow * rightLow, out var first, out var second);
            Vector.Widen(leftHigh * rightHigh, out var third, out var fourth);
            sum += first + second + third + fourth;
        }

        return (Vector.Sum(sum), done);
    }
}
