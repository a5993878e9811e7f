namespace PersonalAi.Adapters.Models.Download;

/// <summary>A model file that shall come into the models folder, and what is known about it before.</summary>
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
}
