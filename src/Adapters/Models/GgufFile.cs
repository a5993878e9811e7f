using System.Collections.Immutable;
using System.Numerics;

namespace PersonalAi.Adapters.Models;

/// <summary>
/// A model file whose header has been read and found sound, so that native code may be given it: GGUF versions 2 and 3,
/// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
/// </summary>
public sealed class GgufFile
{
    private const uint DefaultAlignment = 32;
    private const int HighestRank = 4;

    /// <summary><c>GGML_MAX_NAME</c> less the terminating zero.</summary>
    private const int TensorNameLimit = 63;

    private GgufFile(string path, long length, uint version, GgufMetadata metadata, ImmutableArray<GgufTensor> tensors)
    {
        Path = path;
        Length = length;
        Version = version;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    /// <summary>The version of the format: 2 or 3.</summary>
    public uint Version { get; }

    /// <summary>What the file says about the model.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>The tensors in the order of the file.</summary>
    public ImmutableArray<GgufTensor> Tensors { get; }

    /// <summary>Which part of a split model this is; null for a model in one file.</summary>
    public GgufSplit? Split => Metadata.TryGetUInt32("split.count", out var count) && count > 1
        ? new GgufSplit((int)Metadata.GetUInt32("split.no"), (int)count)
        : null;

    /// <summary>Reads and checks the header; the tensors' data are not touched, so a large file costs no more than a small one.</summary>
    /// <exception cref="ModelException">The file is absent, damaged, or of a kind that cannot be used.</exception>
    public static GgufFile Read(string path)
    {
        using var stream = Open(path);
        try
        {
            return Read(stream);
        }
        catch (IOException e)
        {
            throw new ModelException(ModelError.Failed, $"The model file \"{path}\" could not be read ({e.Message}): try again.", e);
        }
    }

    /// <summary>Reads and checks a model that may be split over several files, which all have to lie beside the first one.</summary>
    /// <param name="path">Its only or its first file.</param>
    /// <returns>The header of the first file with the tensors, and the length, of all; later files' tensors have offsets in their own.</returns>
    /// <exception cref="ModelException">As <see cref="Read(string)"/>; or a part is absent, or belongs to another model.</exception>
    public static GgufFile ReadWhole(string path)
    {
        var first = Read(path);
        if (first.Split is not { } split)
        {
            return first;
        }

        var name = System.IO.Path.GetFileName(path);
        var paths = GgufSplit.PathsOf(first.Path);
        if (paths.Length != split.Count)
        {
            throw new ModelException(
                ModelError.Unsupported, $"The model file \"{name}\" is one of {split.Count}, which its name does not say: give it back the name that it was published under.");
        }

        if (split.Index > 0)
        {
            throw new ModelException(
                ModelError.Unsupported, $"The model file \"{name}\" is part {split.Index + 1} of {split.Count}: name the first, \"{System.IO.Path.GetFileName(paths[0])}\".");
        }

        GgufFile[] parts = [first, .. paths.Skip(1).Select((part, index) => ReadPart(part, split with { Index = index + 1 }))];
        return new GgufFile(first.Path, parts.Sum(part => part.Length), first.Version, first.Metadata, [.. parts.SelectMany(part => part.Tensors)]);
    }

    private static GgufFile ReadPart(string path, GgufSplit expected)
    {
        var part = Read(path);
        return part.Split == expected
            ? part
            : throw new ModelException(
                ModelError.Corrupt,
                $"The model file \"{System.IO.Path.GetFileName(path)}\" is not part {expected.Index + 1} of {expected.Count}, as its name says: replace it with the right one.");
    }

    private static GgufFile Read(FileStream stream)
    {
        var fileName = System.IO.Path.GetFileName(stream.Name);
        var reader = new GgufReader(stream, fileName, stream.Length);

        var version = ReadVersion(reader);
        var tensorCount = reader.ReadCount("tensors", leastBytes: 33);
        var keyCount = reader.ReadCount("metadata keys", leastBytes: 14);
        var metadata = ReadMetadata(reader, fileName, keyCount);
        var tensors = ReadTensors(reader, tensorCount, ReadAlignment(reader, metadata));
        new GgufSanity(reader, metadata).Check(tensors);
        return new GgufFile(stream.Name, stream.Length, version, metadata, tensors);
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ModelException(ModelError.NotFound, $"\"{path}\" is a folder: name the .gguf file in it.");
        }

        try
        {
            return new FileStream(System.IO.Path.GetFullPath(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Reading(path, e);
        }
    }

    private static uint ReadVersion(GgufReader reader)
    {
        if (reader.Length == 0)
        {
            throw reader.Corrupt("is empty");
        }

        var magic = BitConverter.GetBytes(reader.Read<uint>());
        if (!magic.AsSpan().SequenceEqual("GGUF"u8))
        {
            throw reader.Corrupt($"begins with {Convert.ToHexString(magic)} instead of \"GGUF\", so it is no GGUF file");
        }

        var version = reader.Read<uint>();
        return version switch
        {
            2 or 3 => version,
            // The engine tells big-endian files by the same sign.
            _ when (version & 0xFFFF) == 0 => throw reader.Unsupported("is big-endian", "choose a little-endian copy"),
            _ => throw reader.Unsupported($"has version {version} of the GGUF format", "choose a copy in version 2 or 3"),
        };
    }

    private static GgufMetadata ReadMetadata(GgufReader reader, string fileName, int count)
    {
        var metadata = new GgufMetadata(fileName);
        for (var i = 0; i < count; i++)
        {
            var key = reader.ReadName("metadata key");
            if (!metadata.TryAdd(key, reader.ReadValue(key)))
            {
                throw reader.Corrupt($"has the metadata key {GgufReader.Quote(key)} twice");
            }
        }

        return metadata;
    }

    private static uint ReadAlignment(GgufReader reader, GgufMetadata metadata)
    {
        if (!metadata.TryGet<object>("general.alignment", out var value))
        {
            return DefaultAlignment;
        }

        return value is uint alignment && BitOperations.IsPow2(alignment)
            ? alignment
            : throw reader.Corrupt($"has the \"general.alignment\" {GgufReader.Quote($"{value}")}, which is no power of two");
    }

    private static ImmutableArray<GgufTensor> ReadTensors(GgufReader reader, int count, uint alignment)
    {
        var names = new HashSet<string>(count, StringComparer.Ordinal);
        var tensors = ImmutableArray.CreateBuilder<GgufTensor>(count);
        for (var i = 0; i < count; i++)
        {
            var tensor = ReadTensor(reader, alignment);
            tensors.Add(names.Add(tensor.Name) ? tensor : throw reader.Corrupt($"has the tensor {GgufReader.Quote(tensor.Name)} twice"));
        }

        var start = (reader.Position + alignment - 1) / alignment * alignment;
        return PlaceTensors(reader, tensors, start);
    }

    /// <summary>One tensor, its offset still counted from where the data begin.</summary>
    private static GgufTensor ReadTensor(GgufReader reader, uint alignment)
    {
        var name = reader.ReadName("tensor name", TensorNameLimit);
        ModelException Refusal(string what) => reader.Corrupt($"has a tensor {GgufReader.Quote(name)} {what}");

        var rank = reader.Read<uint>();
        if (rank is 0 or > HighestRank)
        {
            throw Refusal($"of {rank} dimensions, which is not 1 to {HighestRank}");
        }

        UInt128 elements = 1;
        var shape = ImmutableArray.CreateBuilder<long>((int)rank);
        for (var i = 0; i < rank; i++)
        {
            var extent = reader.Read<ulong>();
            elements *= extent;
            shape.Add(elements > 0 && elements <= long.MaxValue ? (long)extent : throw Refusal($"with the impossible extent {extent}"));
        }

        var type = (GgmlType)reader.Read<uint>();
        if (!GgmlBlock.TryOf(type, out var block))
        {
            throw reader.Unsupported($"has a tensor {GgufReader.Quote(name)} of the unknown type {(uint)type}", "choose another quantisation");
        }

        if (shape[0] % block.Elements != 0)
        {
            throw Refusal($"with rows of {shape[0]}, which are no whole blocks of {block.Elements} ({type})");
        }

        var offset = reader.Read<ulong>();
        var bytes = elements / (UInt128)block.Elements * (UInt128)block.Bytes;
        if (offset % alignment != 0)
        {
            throw Refusal($"at offset {offset}, which is no multiple of {alignment}");
        }

        return offset + bytes <= (UInt128)reader.Length
            ? new GgufTensor(name, shape.MoveToImmutable(), type, (long)offset, (long)bytes)
            : throw Refusal($"that needs {bytes} bytes from offset {offset} on, but the file has {reader.Length} in all");
    }

    private static ImmutableArray<GgufTensor> PlaceTensors(GgufReader reader, ImmutableArray<GgufTensor>.Builder tensors, long start)
    {
        ImmutableArray<GgufTensor> placed = [.. tensors.Select(tensor => tensor with { Offset = start + tensor.Offset })];
        var free = start;
        foreach (var tensor in placed.OrderBy(tensor => tensor.Offset))
        {
            var name = GgufReader.Quote(tensor.Name);
            if (tensor.Offset < free)
            {
                throw reader.Corrupt($"has a tensor {name} at byte {tensor.Offset}, within the tensor before it");
            }

            free = tensor.Offset + tensor.Bytes;
            if (free > reader.Length)
            {
                throw reader.Corrupt($"ends after {reader.Length} bytes, but its tensor {name} after {free}");
            }
        }

        return placed;
    }
}
