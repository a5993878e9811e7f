using PersonalAi.Memory.Encryption;

namespace PersonalAi.Assistant.Encryption;

/// <summary>Gets the keys that encrypted files need, from where their key files say.</summary>
/// <param name="passphrases">Asks for passphrases.</param>
internal sealed class MemoryKeys(Passphrases passphrases)
{
    /// <summary>The key of something that is encrypted.</summary>
    /// <param name="file">Its key file.</param>
    /// <param name="what">What it is, in the sentence "The passphrase of ...".</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="DeniedException">No passphrase is given, and nobody can be asked; or the keyring does not have the key.</exception>
    /// <exception cref="Memory.MemoryException">It is another key.</exception>
    public async Task<MemoryKey> OpenAsync(KeyFile file, string what, CancellationToken cancellationToken = default)
    {
        if (file.Source == KeySource.Keyring)
        {
            return file.Open(await Keyring.ReadAsync(file.Salt, cancellationToken));
        }

        var passphrase = await passphrases.AskAsync(what, cancellationToken);
        return await Task.Run(() => file.Open(passphrase), cancellationToken);
    }

    /// <summary>A new key under a passphrase.</summary>
    public async Task<MemoryKey> ChooseAsync(string what, CancellationToken cancellationToken = default)
    {
        var passphrase = await passphrases.ChooseAsync(what, cancellationToken);
        return await Task.Run(() => KeyFile.FromPassphrase(passphrase), cancellationToken);
    }
}
