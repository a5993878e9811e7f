using PersonalAi.Assistant.Configuration;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the memory is encrypted, could be, or cannot be.</summary>
internal sealed class EncryptionCheck(DataFolder data, DatabaseBackups backups) : HealthCheck("encryption", HealthArea.Storage)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var library = SqliteLibrary.Load();
        return Task.FromResult(
            KeyFile.Of(data.Database) is { } file ? Encrypted(file)
            : !library.CanEncrypt ? Finding.Ok($"The memory is not encrypted, and cannot be: the SQLite library '{library.Path}' cannot encrypt.")
            : KeyFile.CanStretchPassphrases ? Finding.Ok("The memory is not encrypted; 'pai memory encrypt' encrypts it.")
            : Finding.Ok("The memory is not encrypted; 'pai memory encrypt --keyring' encrypts it. For a passphrase, libsodium is missing."));
    }

    private Finding Encrypted(KeyFile file)
    {
        var source = file.Source == KeySource.Passphrase ? "a passphrase" : "a key of the keyring";
        return backups.ListUnencrypted() is { Length: > 0 } plain
            ? Finding.Warning($"The memory is encrypted under {source}, but {plain.Length} of its backups are not.", "'pai memory encrypt --backups' encrypts them.")
            : Finding.Ok($"The memory is encrypted under {source}.");
    }
}
