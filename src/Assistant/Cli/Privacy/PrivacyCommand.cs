using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>Says what may leave this machine and what did.</summary>
internal sealed class PrivacyCommand : PaiCommand
{
    public PrivacyCommand() : base("privacy", "Show what may leave this machine, and what did.",
        "pai privacy log                              # every request that left, the newest first",
        "pai privacy verify                           # whether that list was changed by anybody",
        "pai privacy redact < letter.txt              # what would be replaced in a text before it left")
    {
        Add(new LedgerCommand());
        Add(new VerifyCommand());
        Add(new RedactCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) => Task.FromResult(ExitCode.Done);
}
