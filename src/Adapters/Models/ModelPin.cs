using System.Security.Cryptography;
using System.Text;

namespace PersonalAi.Adapters.Models;

/// <summary>How a hash came to be trusted.</summary>
public enum ModelPinSource
{
    /// <summary>It stands in this program.</summary>
    Bundled,

    /// <summary>The file had it when it was first used.</summary>
    FirstUse,

    /// <summary>The user pinned it on purpose.</summary>
    User,

    /// <summary>Its publisher says so, and it was pulled by that hash.</summary>
    Published,
}

/// <summary>What a model file was when it was trusted.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Modified">When it was last written: while size and time stay, it is not hashed again.</param>
/// <param name="Sha256">Its hash, in lower-case hexadecimal digits.</param>
/// <param name="Source">How it came to be trusted.</param>
public sealed record ModelPin(long Bytes, DateTimeOffset Modified, string Sha256, ModelPinSource Source)
{
    /// <summary>What identifies a model in several files: the hash of their hashes, a line each; a model in one file goes by its own.</summary>
    internal static ModelPin OfParts(IReadOnlyList<ModelPin> parts) => parts is [var only]
        ? only
        : new ModelPin(
            parts.Sum(part => part.Bytes),
            parts.Max(part => part.Modified),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', parts.Select(part => part.Sha256))))),
            parts[0].Source);
}
