using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Decrypts the memory.</summary>
internal sealed class MemoryDecryptCommand : PaiCommand
{
    private readonly KeyOptions _options = new();

    public MemoryDecryptCommand() : base("decrypt", "Store the memory without encryption again.",
        "pai memory decrypt",
        "pai memory decrypt --backups --passphrase-file FILE")
    {
        Add(_options.Backups);
        Add(_options.Json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var present = await pai.KeyAsync(cancellationToken) ?? throw new UsageException("The memory is not encrypted.");
        var change = new KeyChange(pai, present, next: null);
        await change.ChangeDatabaseAsync(cancellationToken);
        var changed = arguments.GetValue(_options.Backups) ? await change.ChangeBackupsAsync(cancellationToken) : [];
        change.Report(arguments.GetValue(_options.Json), "The memory is not encrypted any more: whoever gets the file can read it.", changed);
        return ExitCode.Done;
    }
}
