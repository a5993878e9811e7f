using System.Security.Cryptography;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>A file that was read into memory, not yet understood.</summary>
/// <param name="Name">The name that messages and citations give.</param>
/// <param name="Content">All its bytes.</param>
internal sealed record SourceFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>What follows the last dot of the name, in lower case; empty where there is none.</summary>
    public string Extension { get; } = Path.GetExtension(Name).TrimStart('.').ToLowerInvariant();

    /// <summary>The hash of its bytes, in lower case.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content.Span));
}
