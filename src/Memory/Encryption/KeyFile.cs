using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Encryption;

/// <summary>Where the secret of an encrypted database comes from.</summary>
public enum KeySource
{
    /// <summary>A passphrase, stretched with Argon2id.</summary>
    Passphrase,

    /// <summary>Random bytes that the operating system's keyring keeps.</summary>
    Keyring,
}

/// <summary>
/// What must be known beside the secret to open an encrypted database. It holds no secret, and lies beside the database and each of
/// its backups: <c>pai.db</c> has <c>pai.key.json</c>. It belongs to the file that begins with its salt.
/// </summary>
public sealed record KeyFile
{
    private const string Ending = ".key.json", NextEnding = ".key.next.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
        RespectNullableAnnotations = true,
    };

    private static readonly JsonSerializerOptions OneLine = new(Json) { WriteIndented = false };

    /// <summary>The format of the file.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Where the secret comes from.</summary>
    public required KeySource Source { get; init; }

    /// <summary>16 random bytes in hexadecimal; the database file begins with them.</summary>
    public required string Salt { get; init; }

    /// <summary>The memory that Argon2id takes, in KiB.</summary>
    public int MemoryKib { get; init; } = Argon2id.UsualMemoryKiB;

    /// <summary>How often Argon2id passes over it.</summary>
    public int Passes { get; init; } = Argon2id.UsualPasses;

    /// <summary>Derived from the secret, in hexadecimal: tells a wrong secret from a damaged database.</summary>
    public required string Check { get; init; }

    /// <summary>
    /// The key file of a database; null where the database is not encrypted, or nothing fits it. Not to be asked while this process has the
    /// database open: on Unix, closing a file drops the locks that SQLite has on it.
    /// </summary>
    /// <exception cref="MemoryException">A key file cannot be read.</exception>
    public static KeyFile? Of(string database) =>
        DatabaseFile.ReadSalt(database) is { } salt ? new[] { Ending, NextEnding }.Select(ending => Read(PathOf(database, ending))).FirstOrDefault(file => file?.Fits(salt) == true) : null;

    /// <summary>What <see cref="ToLine"/> or a key file says.</summary>
    /// <exception cref="FormatException">It is no key file, or one that makes no sense.</exception>
    public static KeyFile Parse(string text)
    {
        try
        {
            var file = JsonSerializer.Deserialize<KeyFile>(text, Json);
            return file is { Version: 1, MemoryKib: >= 8 * 1024 and <= 4 * 1024 * 1024, Passes: >= 1 and <= 100 } && Convert.FromHexString(file.Salt).Length == MemoryKey.SaltLength
                ? file
                : throw new FormatException("it is of another version, or its numbers make no sense");
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>It as one line of JSON, for a file that carries its key file within.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, OneLine);

    /// <summary>Whether passphrases can be turned into keys here; where not, libsodium is missing.</summary>
    public static bool CanStretchPassphrases => Argon2id.IsAvailable;

    /// <summary>A new key that a passphrase opens.</summary>
    /// <exception cref="MemoryException">The passphrase is empty, or libsodium is not here.</exception>
    public static MemoryKey FromPassphrase(string passphrase)
    {
        if (string.IsNullOrEmpty(passphrase))
        {
            throw new MemoryException(MemoryError.Invalid, "An empty passphrase protects nothing; give one of several words.");
        }

        var salt = RandomNumberGenerator.GetBytes(MemoryKey.SaltLength);
        return Describe(KeySource.Passphrase, Stretch(passphrase, salt, Argon2id.UsualMemoryKiB, Argon2id.UsualPasses), salt);
    }

    /// <summary>A new key for a secret that the keyring keeps.</summary>
    /// <param name="secret">32 random bytes.</param>
    public static MemoryKey FromSecret(ReadOnlySpan<byte> secret) =>
        Describe(KeySource.Keyring, secret, RandomNumberGenerator.GetBytes(MemoryKey.SaltLength));

    /// <summary>The key that a passphrase gives.</summary>
    /// <exception cref="MemoryException">It is another passphrase (<see cref="MemoryError.WrongKey"/>), or libsodium is not here.</exception>
    public MemoryKey Open(string passphrase) => Open(Stretch(passphrase, SaltBytes, MemoryKib, Passes), "passphrase");

    /// <summary>The key that a secret from the keyring gives.</summary>
    /// <exception cref="MemoryException">It is another secret (<see cref="MemoryError.WrongKey"/>).</exception>
    public MemoryKey Open(ReadOnlySpan<byte> secret) => Open(secret, "key in the keyring");

    /// <summary>The key that a database needs.</summary>
    /// <param name="database">Its file, which this process does not have open.</param>
    /// <param name="given">The key that was given.</param>
    /// <returns>Null where the file is not encrypted, or nothing fits it.</returns>
    /// <exception cref="MemoryException">It is encrypted, and the key is absent or another's, or no SQLite that can decrypt it is here.</exception>
    internal static MemoryKey? KeyFor(string database, MemoryKey? given)
    {
        var salt = DatabaseFile.ReadSalt(database);
        var file = salt is not null && given?.File.Fits(salt) == true ? given.File : Of(database);
        if (file is null)
        {
            return null;
        }

        SqliteLibrary.Load().RequireEncryption(database);
        return given?.File.Salt == file.Salt
            ? given
            : throw new MemoryException(MemoryError.WrongKey, $"The database '{database}' is encrypted; give its {(file.Source == KeySource.Passphrase ? "passphrase" : "key")}.");
    }

    /// <summary>Writes it beside a database that is not yet encrypted under it, but will be.</summary>
    internal void WriteNext(string database) => Write(PathOf(database, NextEnding));

    /// <summary>Writes it beside a database.</summary>
    internal void WriteBeside(string database) => Write(PathOf(database, Ending));

    /// <summary>Ends a change: leaves the key file that the database has now, and no other.</summary>
    /// <param name="database">The database.</param>
    /// <param name="file">What <see cref="WriteNext"/> wrote; null where the database is not encrypted any more.</param>
    internal static void Settle(string database, KeyFile? file)
    {
        if (file is null)
        {
            DeleteOf(database);
        }
        else
        {
            File.Move(PathOf(database, NextEnding), PathOf(database, Ending), overwrite: true);
        }
    }

    /// <summary>Deletes the key file of a database that is not encrypted, or not there.</summary>
    internal static void DeleteOf(string database)
    {
        File.Delete(PathOf(database, Ending));
        File.Delete(PathOf(database, NextEnding));
    }

    internal byte[] SaltBytes => Convert.FromHexString(Salt);

    internal bool Fits(ReadOnlySpan<byte> salt) => Convert.ToHexStringLower(salt) == Salt;

    private static string PathOf(string database, string ending) => Path.ChangeExtension(database, null) + ending;

    private static byte[] Stretch(string passphrase, ReadOnlySpan<byte> salt, int memoryKiB, int passes) =>
        // The same letters may be composed differently by another keyboard (RFC 8265).
        Argon2id.Derive(Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC)), salt, memoryKiB, passes);

    private static MemoryKey Describe(KeySource source, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt)
    {
        var draft = new KeyFile { Source = source, Salt = Convert.ToHexStringLower(salt), Check = "" };
        return new MemoryKey(secret, draft with { Check = CheckOf(new MemoryKey(secret, draft)) });
    }

    private static string CheckOf(MemoryKey key) => Convert.ToHexStringLower(key.Derive("check"));

    private static KeyFile? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (FormatException error)
        {
            throw new MemoryException(
                MemoryError.Corrupt,
                string.Create(CultureInfo.InvariantCulture, $"The key file '{path}' cannot be used ({error.Message.TrimEnd('.')}); put the one beside a backup in its place."),
                error);
        }
    }

    private MemoryKey Open(ReadOnlySpan<byte> secret, string what)
    {
        var key = new MemoryKey(secret, this);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CheckOf(key)), Encoding.ASCII.GetBytes(Check))
            ? key
            : throw new MemoryException(MemoryError.WrongKey, $"That is not the {what} of this memory; nothing was opened or changed.");
    }

    private void Write(string path)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            DatabaseFile.CreateEmpty(beside);
            using (var file = new FileStream(beside, FileMode.Open, FileAccess.Write))
            {
                JsonSerializer.Serialize(file, this, Json);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
