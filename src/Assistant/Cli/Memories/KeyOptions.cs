using System.CommandLine;
using System.Security.Cryptography;
using PersonalAi.Assistant.Encryption;
using PersonalAi.Memory.Encryption;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>The options of the commands that change the memory's key.</summary>
internal sealed class KeyOptions
{
    public Option<bool> Keyring { get; } = new("--keyring") { Description = "Keep a random key in the keyring of this desktop, in place of a passphrase" };

    public Option<bool> Backups { get; } = new("--backups") { Description = "The backups in the data folder too" };

    public JsonOption Json { get; } = new();

    /// <summary>A new key, from where the options say.</summary>
    /// <param name="arguments">Where they stand.</param>
    /// <param name="passphrases">Where a new passphrase comes from.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="DeniedException">Nobody can be asked, or there is no keyring.</exception>
    public async Task<MemoryKey> ChooseAsync(ParseResult arguments, Passphrases passphrases, CancellationToken cancellationToken = default)
    {
        if (!arguments.GetValue(Keyring))
        {
            return await new MemoryKeys(passphrases).ChooseAsync("the memory", cancellationToken);
        }

        // First into the keyring, and read back: a database under a key that nobody has is lost.
        var secret = RandomNumberGenerator.GetBytes(MemoryKey.Length);
        var key = KeyFile.FromSecret(secret);
        await Encryption.Keyring.StoreAsync(key.File.Salt, secret, cancellationToken);
        return key.File.Open(await Encryption.Keyring.ReadAsync(key.File.Salt, cancellationToken));
    }
}
