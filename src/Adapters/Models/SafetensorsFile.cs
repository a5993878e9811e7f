using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace PersonalAi.Adapters.Models;

/// <summary>
/// The header of a safetensors file, read and found sound: https://huggingface.co/docs/safetensors. The data are read by whoever
/// needs them, at the offsets given.
/// </summary>
internal sealed class SafetensorsFile
{
    private const int PrefixBytes = sizeof(ulong);

    /// <summary>The limit of the format's own implementation.</summary>
    private const ulong HeaderLimit = 100_000_000;

    private static readonly FrozenDictionary<string, int> TypeBytes = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E4M3"] = 1, ["F8_E5M2"] = 1,
        ["U16"] = 2, ["I16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["U32"] = 4, ["I32"] = 4, ["F32"] = 4,
        ["U64"] = 8, ["I64"] = 8, ["F64"] = 8,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _fileName;
    private readonly long _length;

    private SafetensorsFile(FileStream stream)
    {
        _fileName = System.IO.Path.GetFileName(stream.Name);
        _length = stream.Length;
        Path = stream.Name;
        Tensors = ReadTensors(stream);
        CheckOverlap();
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The tensors in the order of the header.</summary>
    public ImmutableArray<SafetensorsTensor> Tensors { get; }

    /// <summary>Reads and checks the header.</summary>
    /// <exception cref="ModelException">The file is damaged.</exception>
    public static SafetensorsFile Read(string path)
    {
        using var stream = new FileStream(System.IO.Path.GetFullPath(path), FileMode.Open, FileAccess.Read, FileShare.Read);
        return new SafetensorsFile(stream);
    }

    private ImmutableArray<SafetensorsTensor> ReadTensors(FileStream stream)
    {
        var header = ReadHeader(stream);
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return
            [
                .. document.RootElement.EnumerateObject()
                    .Where(entry => entry.Name != "__metadata__")
                    .Select(entry => ReadTensor(entry.Name, entry.Value, PrefixBytes + header.Length)),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Corrupt($"has a header that cannot be read ({e.Message})", e);
        }
    }

    private byte[] ReadHeader(FileStream stream)
    {
        if (_length < PrefixBytes)
        {
            throw Corrupt($"has only {_length} bytes");
        }

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        stream.ReadExactly(prefix);
        var length = BitConverter.ToUInt64(prefix);
        if (length > HeaderLimit || length > (ulong)(_length - PrefixBytes))
        {
            throw Corrupt($"claims a header of {length} bytes and has {_length} in all");
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    private SafetensorsTensor ReadTensor(string name, JsonElement entry, long dataOffset)
    {
        var type = entry.GetProperty("dtype").GetString() ?? "";
        if (!TypeBytes.TryGetValue(type, out var bytes))
        {
            throw Corrupt($"has a tensor {GgufReader.Quote(name)} of the unknown type {GgufReader.Quote(type)}");
        }

        ImmutableArray<long> shape = [.. entry.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt64())];
        long[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [>= 0 and var begin, var end] || end < begin || end > _length - dataOffset)
        {
            throw Corrupt($"has a tensor {GgufReader.Quote(name)} at {string.Join(" to ", offsets)}, outside its data");
        }

        var size = (UInt128)bytes;
        foreach (var extent in shape)
        {
            size = extent >= 0 && size <= long.MaxValue ? size * (ulong)extent : UInt128.MaxValue;
        }

        return size == (UInt128)(end - begin)
            ? new SafetensorsTensor(name, type, shape, dataOffset + begin, end - begin)
            : throw Corrupt($"has a tensor {GgufReader.Quote(name)} whose {end - begin} bytes are not its shape {string.Join('x', shape)} of {type}");
    }

    private void CheckOverlap()
    {
        long free = 0;
        foreach (var tensor in Tensors.OrderBy(tensor => tensor.Offset))
        {
            free = tensor.Offset >= free
                ? tensor.Offset + tensor.Bytes
                : throw Corrupt($"has a tensor {GgufReader.Quote(tensor.Name)} within the tensor before it");
        }
    }

    private ModelException Corrupt(string what, Exception? innerException = null) =>
        new(ModelError.Corrupt, $"The model file \"{_fileName}\" {what}: replace it with a whole copy.", innerException);
}
