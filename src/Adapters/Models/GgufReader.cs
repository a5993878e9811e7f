using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PersonalAi.Adapters.Models;

/// <summary>
/// Reads the header of a GGUF file value by value and trusts none of it: nothing is allocated for a length that the rest of
/// the file cannot hold.
/// </summary>
internal sealed class GgufReader(Stream stream, string fileName, long length)
{
    /// <summary>The largest headers in use (a quarter of a million tokens with merges) have 20 MB; this bounds what a hostile one costs.</summary>
    private const long HeaderLimit = 64L << 20;

    /// <summary>As long as the specification allows a key to be.</summary>
    private const int KeyLimit = 65535;

    /// <summary>The next byte to be read, counted from the beginning of the file.</summary>
    public long Position { get; private set; }

    public long Length => length;

    public T Read<T>()
        where T : unmanaged
    {
        Span<T> value = stackalloc T[1];
        ReadExactly(MemoryMarshal.AsBytes(value));
        return value[0];
    }

    /// <summary>A count of things that take at least so many bytes each.</summary>
    public int ReadCount(string what, int leastBytes)
    {
        var count = Read<ulong>();
        EnsureRoom(count * (UInt128)leastBytes, $"claims {count} {what}");
        return (int)count;
    }

    /// <summary>A key or a tensor's name: short, not empty.</summary>
    public string ReadName(string what, int limit = KeyLimit)
    {
        var name = ReadString(what);
        return name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= limit
            ? name
            : throw Corrupt($"has a {what} {Quote(name)} that is not 1 to {limit} bytes long");
    }

    public string ReadString(string what)
    {
        var count = Read<ulong>();
        EnsureRoom(count, $"has a {what} of {count} bytes");
        var buffer = ArrayPool<byte>.Shared.Rent((int)count);
        try
        {
            var bytes = buffer.AsSpan(0, (int)count);
            ReadExactly(bytes);
            return Encoding.UTF8.GetString(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A metadata value: one number, text or flag, or an array of one of these.</summary>
    public object ReadValue(string key)
    {
        var type = (GgufValueType)Read<uint>();
        return type == GgufValueType.Array ? ReadArray(key) : ReadScalar(key, type);
    }

    /// <summary>A refusal of bytes that no whole model has.</summary>
    public ModelException Corrupt(string what) =>
        new(ModelError.Corrupt, $"The model file \"{fileName}\" {what}: replace it with a whole copy.");

    /// <summary>A refusal of a file that may be whole, but not of a kind that can be used.</summary>
    public ModelException Unsupported(string what, string advice) =>
        new(ModelError.Unsupported, $"The model file \"{fileName}\" {what}: {advice}.");

    /// <summary>Text from the file as a message may show it: one short line without control characters.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes().Take(60))
        {
            quoted.Append(Rune.IsControl(rune) ? "�" : rune.ToString());
        }

        return quoted.Append(text.Length > 60 ? "…\"" : "\"").ToString();
    }

    private void EnsureRoom(UInt128 bytes, string claim)
    {
        var end = bytes + (UInt128)Position;
        if (end > (UInt128)length)
        {
            throw Corrupt($"{claim}, more than its {length} bytes can hold");
        }

        if (end > HeaderLimit)
        {
            throw Unsupported($"{claim}, more than a header of {HeaderLimit >> 20} MiB can hold", "choose a smaller model");
        }
    }

    private object ReadScalar(string key, GgufValueType type) => type switch
    {
        GgufValueType.UInt8 => Read<byte>(),
        GgufValueType.Int8 => Read<sbyte>(),
        GgufValueType.UInt16 => Read<ushort>(),
        GgufValueType.Int16 => Read<short>(),
        GgufValueType.UInt32 => Read<uint>(),
        GgufValueType.Int32 => Read<int>(),
        GgufValueType.Float32 => Read<float>(),
        GgufValueType.Bool => ReadFlag(key, Read<byte>()),
        GgufValueType.String => ReadString($"value of {Quote(key)}"),
        GgufValueType.UInt64 => Read<ulong>(),
        GgufValueType.Int64 => Read<long>(),
        GgufValueType.Float64 => Read<double>(),
        _ => throw Corrupt($"gives {Quote(key)} the unknown type {(uint)type}"),
    };

    private object ReadArray(string key)
    {
        var type = (GgufValueType)Read<uint>();
        return type switch
        {
            GgufValueType.UInt8 => ReadNumbers<byte>(key),
            GgufValueType.Int8 => ReadNumbers<sbyte>(key),
            GgufValueType.UInt16 => ReadNumbers<ushort>(key),
            GgufValueType.Int16 => ReadNumbers<short>(key),
            GgufValueType.UInt32 => ReadNumbers<uint>(key),
            GgufValueType.Int32 => ReadNumbers<int>(key),
            GgufValueType.Float32 => ReadNumbers<float>(key),
            GgufValueType.Bool => Array.ConvertAll(ReadNumbers<byte>(key), value => ReadFlag(key, value)),
            GgufValueType.String => ReadStrings(key),
            GgufValueType.UInt64 => ReadNumbers<ulong>(key),
            GgufValueType.Int64 => ReadNumbers<long>(key),
            GgufValueType.Float64 => ReadNumbers<double>(key),
            // The specification has them, llama.cpp refuses them as well.
            GgufValueType.Array => throw Unsupported($"has arrays within arrays under {Quote(key)}", "choose a model without them"),
            _ => throw Corrupt($"gives the items of {Quote(key)} the unknown type {(uint)type}"),
        };
    }

    private T[] ReadNumbers<T>(string key)
        where T : unmanaged
    {
        var numbers = new T[ReadCount($"items in {Quote(key)}", Unsafe.SizeOf<T>())];
        ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private string[] ReadStrings(string key)
    {
        var strings = new string[ReadCount($"items in {Quote(key)}", sizeof(ulong))];
        for (var i = 0; i < strings.Length; i++)
        {
            strings[i] = ReadString($"text in {Quote(key)}");
        }

        return strings;
    }

    private bool ReadFlag(string key, byte value) => value switch
    {
        0 => false,
        1 => true,
        _ => throw Corrupt($"has the value {value} in the flag {Quote(key)}"),
    };

    private void ReadExactly(Span<byte> bytes)
    {
        if (Position + bytes.Length > length)
        {
            throw Corrupt($"ends after {length} bytes, within its header");
        }

        stream.ReadExactly(bytes);
        Position += bytes.Length;
    }
}
