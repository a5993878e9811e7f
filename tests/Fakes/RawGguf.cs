using System.Buffers.Binary;
using System.Text;

namespace PersonalAi.Tests.Fakes;

/// <summary>Bytes of a GGUF header, right or wrong, value by value.</summary>
internal sealed class RawGguf
{
    private readonly List<byte> _bytes = [];

    /// <summary>Magic, version and counts.</summary>
    public static RawGguf Header(ulong tensors, ulong keys, uint version = 3) => new RawGguf().Raw("GGUF"u8).U32(version).U64(tensors).U64(keys);

    /// <summary>A header of one tensor, up to where the tensor is described.</summary>
    public static RawGguf OneTensor() => Header(tensors: 1, keys: 1).Key("general.architecture", "llama");

    public byte[] ToArray() => [.. _bytes];

    public RawGguf Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public RawGguf U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public RawGguf U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public RawGguf Text(string text) => U64((ulong)Encoding.UTF8.GetByteCount(text)).Raw(Encoding.UTF8.GetBytes(text));

    public RawGguf Key(string key, string value) => Text(key).U32(8).Text(value);

    public RawGguf Key(string key, uint value) => Text(key).U32(4).U32(value);

    /// <summary>The beginning of an array; its items follow.</summary>
    public RawGguf Items(string key, uint type, ulong count) => Text(key).U32(9).U32(type).U64(count);

    public RawGguf Tensor(string name, uint type, ulong offset, params ReadOnlySpan<ulong> shape)
    {
        Text(name).U32((uint)shape.Length);
        foreach (var extent in shape)
        {
            U64(extent);
        }

        return U32(type).U64(offset);
    }

    /// <summary>Zeros up to the next multiple of 32, and so many bytes of data.</summary>
    public RawGguf Data(int count)
    {
        var padding = ((_bytes.Count + 31) / 32 * 32) - _bytes.Count;
        return Raw(new byte[padding + count]);
    }
}
