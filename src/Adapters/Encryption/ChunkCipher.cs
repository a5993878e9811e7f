using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PersonalAi.Adapters.Encryption;

/// <summary>
/// The format of encrypted files: magic (8 bytes), random salt (32), proof of the key (16), then chunks of 65,536 bytes, the last one shorter or
/// empty, each AES-256-GCM ciphertext and tag (16). Key of the file and proof come from the key and the salt by HKDF-SHA256; a chunk's nonce
/// is its number and whether it is the last one, so that none can be moved, left out or cut off (the STREAM construction, Hoang et al. 2015);
/// the header is authenticated with each.
/// </summary>
internal sealed class ChunkCipher : IDisposable
{
    public const int HeaderLength = 8 + SaltLength + ProofLength, ChunkLength = 1 << 16, TagLength = 16;

    private const int SaltLength = 32, ProofLength = 16;

    private readonly byte[] _header;
    private readonly AesGcm _cipher;
    private readonly byte[] _nonce = new byte[12];
    private long _number;

    private ChunkCipher(byte[] header, ReadOnlySpan<byte> key)
    {
        _header = header;
        Span<byte> fileKey = stackalloc byte[32];
        Derive(header, key, "pai file"u8, fileKey);
        _cipher = new AesGcm(fileKey, TagLength);
    }

    /// <summary>What every such file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAI-ENC1"u8;

    /// <summary>What the file begins with.</summary>
    public ReadOnlySpan<byte> Header => _header;

    /// <summary>For a new file.</summary>
    public static ChunkCipher New(ReadOnlySpan<byte> key)
    {
        byte[] header = [.. Magic, .. RandomNumberGenerator.GetBytes(SaltLength), .. new byte[ProofLength]];
        Derive(header, key, "pai file proof"u8, header.AsSpan(^ProofLength..));
        return new ChunkCipher(header, key);
    }

    /// <summary>For a file that begins with this.</summary>
    /// <exception cref="IOException">It is no such file, or is encrypted under another key.</exception>
    public static ChunkCipher Of(byte[] header, ReadOnlySpan<byte> key)
    {
        if (header.Length != HeaderLength || !header.AsSpan().StartsWith(Magic))
        {
            throw new IOException("It is not an encrypted file of pai's.");
        }

        Span<byte> proof = stackalloc byte[ProofLength];
        Derive(header, key, "pai file proof"u8, proof);
        return CryptographicOperations.FixedTimeEquals(proof, header.AsSpan(^ProofLength..))
            ? new ChunkCipher(header, key)
            : throw new IOException("It is encrypted under another key.");
    }

    /// <summary>Encrypts the next chunk; the target is longer by <see cref="TagLength"/>.</summary>
    public void Encrypt(ReadOnlySpan<byte> chunk, bool isLast, Span<byte> target) =>
        _cipher.Encrypt(NextNonce(isLast), chunk, target[..chunk.Length], target[chunk.Length..], _header);

    /// <summary>Decrypts the next chunk; the target is shorter by <see cref="TagLength"/>.</summary>
    /// <exception cref="IOException">It was changed, moved or cut off.</exception>
    public void Decrypt(ReadOnlySpan<byte> chunk, bool isLast, Span<byte> target)
    {
        try
        {
            _cipher.Decrypt(NextNonce(isLast), chunk[..^TagLength], chunk[^TagLength..], target, _header);
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new IOException("It was changed or cut off since it was encrypted.", error);
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static void Derive(ReadOnlySpan<byte> header, ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose, Span<byte> derived) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, header.Slice(Magic.Length, SaltLength), purpose);

    private byte[] NextNonce(bool isLast)
    {
        BinaryPrimitives.WriteInt64BigEndian(_nonce.AsSpan(3), _number++);
        _nonce[^1] = isLast ? (byte)1 : (byte)0;
        return _nonce;
    }
}
