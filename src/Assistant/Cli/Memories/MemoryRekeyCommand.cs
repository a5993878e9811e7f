using System.CommandLine;
using PersonalAi.Assistant.Encryption;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Encrypts the memory anew under another key.</summary>
internal sealed class MemoryRekeyCommand : PaiCommand
{
    private readonly KeyOptions _options = new();

    private readonly Option<string?> _passphraseFile = new("--new-passphrase-file")
    {
        Description = "File whose first line is the new passphrase [default: $PAI_NEW_PASSPHRASE, else you are asked]",
        HelpName = "FILE",
    };

    public MemoryRekeyCommand() : base("rekey", "Encrypt the memory anew, under another passphrase or a key of the keyring.",
        "pai memory rekey                             # asks for the old passphrase, and twice for the new one",
        "pai memory rekey --keyring --backups",
        "PAI_PASSPHRASE=... PAI_NEW_PASSPHRASE=... pai memory rekey --json")
    {
        Add(_passphraseFile);
        Add(_options.Keyring);
        Add(_options.Backups);
        Add(_options.Json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var present = await pai.KeyAsync(cancellationToken)
            ?? throw new UsageException("The memory is not encrypted, so it has no key to change; 'pai memory encrypt' encrypts it.");
        var passphrases = new Passphrases(pai.Console, pai.Environment, arguments.GetValue(_passphraseFile)) { Variable = "PAI_NEW_PASSPHRASE", Option = _passphraseFile.Name };
        var change = new KeyChange(pai, present, await _options.ChooseAsync(arguments, passphrases, cancellationToken));
        await change.ChangeDatabaseAsync(cancellationToken);
        var changed = arguments.GetValue(_options.Backups) ? await change.ChangeBackupsAsync(cancellationToken) : [];
        change.Report(arguments.GetValue(_options.Json), "The memory is encrypted under its new key; the old one opens it no more.", changed);
        return ExitCode.Done;
    }
}
