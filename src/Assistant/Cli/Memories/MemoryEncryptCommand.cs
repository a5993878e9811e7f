using System.CommandLine;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Encrypts the memory.</summary>
internal sealed class MemoryEncryptCommand : PaiCommand
{
    private readonly KeyOptions _options = new();

    public MemoryEncryptCommand() : base("encrypt", "Encrypt the database and all that is derived from it, under a passphrase or a key of the keyring.",
        "pai memory encrypt                           # asks for a passphrase, twice; every later pai asks for it once",
        "pai memory encrypt --keyring",
        "pai memory encrypt --backups                 # also after the memory was encrypted",
        "PAI_PASSPHRASE=... pai memory encrypt        # or --passphrase-file FILE; so it is with every other command")
    {
        Add(_options.Keyring);
        Add(_options.Backups);
        Add(_options.Json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        SqliteLibrary.Load().RequireEncryption(pai.Data.Database);
        var backups = arguments.GetValue(_options.Backups);
        var isEncrypted = KeyFile.Of(pai.Data.Database) is not null;
        if (isEncrypted && !backups)
        {
            throw new UsageException("The memory is encrypted already; 'pai memory rekey' changes its key, and --backups encrypts its backups.");
        }

        if (!File.Exists(pai.Data.Database))
        {
            throw new UsageException($"There is no database '{pai.Data.Database}' yet; the first session makes it.");
        }

        var key = isEncrypted ? await pai.KeyAsync(cancellationToken) : await _options.ChooseAsync(arguments, pai.Passphrases, cancellationToken);
        var change = new KeyChange(pai, present: null, key);
        if (!isEncrypted)
        {
            await change.ChangeDatabaseAsync(cancellationToken);
        }

        var changed = backups ? await change.ChangeBackupsAsync(cancellationToken) : [];
        change.Report(arguments.GetValue(_options.Json), isEncrypted ? "The memory was encrypted before." : Sentence(key!), changed);
        return ExitCode.Done;
    }

    private static string Sentence(MemoryKey key) => key.File.Source == KeySource.Passphrase
        ? "The memory is encrypted. Nobody can read it without the passphrase, and nobody can get that back for you."
        : "The memory is encrypted. Its key lies in the keyring of this desktop; without that keyring nobody can read it.";
}
