using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Encryption;

/// <summary>The secret that everything of one memory is encrypted under: 32 bytes, from which each use derives a key of its own.</summary>
public sealed class MemoryKey
{
    /// <summary>The length of every key, in bytes.</summary>
    public const int Length = 32;

    internal const int SaltLength = 16;

    private readonly byte[] _secret;

    internal MemoryKey(ReadOnlySpan<byte> secret, KeyFile file) => (_secret, File) = (secret.ToArray(), file);

    /// <summary>What is stored of it.</summary>
    public KeyFile File { get; }

    /// <summary>A key for one purpose, which tells nothing of the others (HKDF-SHA256, RFC 5869).</summary>
    /// <param name="purpose">The same words give the same key.</param>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Length, File.SaltBytes, Encoding.UTF8.GetBytes($"pai {purpose}"));

    /// <summary>Lets a connection that was just opened read and write what is encrypted under this key.</summary>
    internal void Unlock(SqliteConnection connection) => connection.Execute($"pragma key = \"{RawKey}\"");

    /// <summary>Encrypts the whole file of a connection anew.</summary>
    /// <param name="connection">A connection to it.</param>
    /// <param name="key">The new key; null leaves the file unencrypted.</param>
    internal static void Change(SqliteConnection connection, MemoryKey? key) => connection.Execute($"pragma rekey = \"{key?.RawKey}\"");

    // SQLite3 Multiple Ciphers takes a key that is written so as it is, and no passphrase to stretch; the 16 bytes behind it become
    // the first ones of the file, which tell whose file it is.
    private string RawKey => $"x'{Convert.ToHexStringLower(Derive("database"))}{File.Salt}'";
}
