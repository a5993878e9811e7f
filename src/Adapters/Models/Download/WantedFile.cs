using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models.Download;

/// <summary>A file that shall come into the models folder, and what is known about it before.</summary>
/// <param name="FileName">What it will be called there.</param>
/// <param name="Source">Where it is: an <c>https</c> address, or a file of this machine.</param>
public sealed record WantedFile(string FileName, Uri Source)
{
    /// <summary>Its size, where that is known exactly: a source that announces another is refused.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its size as its publisher rounds it: a source that announces one far from it is refused.</summary>
    public long? RoundedBytes { get; init; }

    /// <summary>Its hash, in lower-case hexadecimal digits: other bytes are thrown away. Null where nobody published it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its hash as npm writes it, where whoever asks for it proves it afterwards.</summary>
    public string? Integrity { get; init; }

    /// <summary>What it is: a source that sends something else is refused at its first bytes.</summary>
    public FileFormat Format { get; init; } = FileFormat.Gguf;
}

/// <summary>A kind of file.</summary>
/// <param name="Name">For a sentence: <c>GGUF file</c>.</param>
/// <param name="Beginning">The bytes that every file of the kind begins with.</param>
public sealed record FileFormat(string Name, ImmutableArray<byte> Beginning)
{
    /// <summary>A model.</summary>
    public static FileFormat Gguf { get; } = new("GGUF file", [.. "GGUF"u8]);

    /// <summary>A packed archive (RFC 1952).</summary>
    public static FileFormat Gzip { get; } = new("gzip file", [0x1F, 0x8B]);
}
