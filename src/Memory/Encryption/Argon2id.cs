using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PersonalAi.Memory.Encryption;

/// <summary>Stretches passphrases into keys with Argon2id (RFC 9106), as libsodium computes it.</summary>
internal static partial class Argon2id
{
    /// <summary>libsodium's INTERACTIVE: what a person waits for at every start.</summary>
    public const int UsualMemoryKiB = 64 * 1024, UsualPasses = 2;

    private const string Library = "libsodium";

    // crypto_pwhash.h: crypto_pwhash_ALG_ARGON2ID13.
    private const int Argon2id13 = 2;

    // The number changes with the interface, of which we use what has always been there.
    private static readonly ImmutableArray<string> Names =
        ["libsodium.so.23", "libsodium.so.26", "libsodium.so", "libsodium.dylib", "/opt/homebrew/lib/libsodium.dylib", "/usr/local/lib/libsodium.dylib", "libsodium.dll"];

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Whether libsodium is here.</summary>
    public static bool IsAvailable => Loaded.Value;

    /// <summary>Computes a key.</summary>
    /// <exception cref="MemoryException">libsodium is not here, or there is too little memory.</exception>
    public static byte[] Derive(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, int memoryKiB, int passes)
    {
        if (!IsAvailable)
        {
            throw new MemoryException(
                MemoryError.LibraryMissing,
                "The library libsodium, which turns a passphrase into a key, was not found; install it ('apt install libsodium23' on Debian, 'brew install libsodium' on macOS), or keep the key in the keyring.");
        }

        var key = new byte[MemoryKey.Length];
        if (crypto_pwhash(key, (ulong)key.Length, passphrase, (ulong)passphrase.Length, salt, (ulong)passes, (nuint)memoryKiB * 1024, Argon2id13) != 0)
        {
            throw new MemoryException(MemoryError.Failed, $"The passphrase could not be turned into a key, which takes {memoryKiB / 1024} MiB of memory; close other programs and try again.");
        }

        return key;
    }

    private static bool Load()
    {
        var handle = Names.Select(name => NativeLibrary.TryLoad(name, out var found) ? found : 0).FirstOrDefault(found => found != 0);
        if (handle == 0)
        {
            return false;
        }

        NativeLibrary.SetDllImportResolver(typeof(Argon2id).Assembly, (name, _, _) => name == Library ? handle : 0);
        return sodium_init() >= 0;
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial int crypto_pwhash(
        Span<byte> key, ulong keyLength, ReadOnlySpan<byte> passphrase, ulong passphraseLength, ReadOnlySpan<byte> salt, ulong passes, nuint memory, int algorithm);
}
