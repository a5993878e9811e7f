using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Memory;

/// <summary>What can be done with the memory as a whole.</summary>
internal sealed class MemoryCommand : PaiCommand
{
    public MemoryCommand() : base("memory", "Encrypt the memory, change its key, or decrypt it.",
        "pai memory encrypt",
        "pai memory rekey")
    {
        Add(new MemoryEncryptCommand());
        Add(new MemoryRekeyCommand());
        Add(new MemoryDecryptCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        throw new UsageException("'pai memory' needs to know what to do: encrypt, rekey or decrypt.");
}
