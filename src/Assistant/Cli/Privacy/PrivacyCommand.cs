using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>Says what may leave this machine and what did.</summary>
internal sealed class PrivacyCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public PrivacyCommand() : base("privacy", "Show what may leave this machine, and what did.",
        "pai privacy                                  # which ways out are open now",
        "pai privacy log                              # every request that left, the newest first",
        "pai privacy verify                           # whether that list was changed by anybody",
        "pai privacy redact < letter.txt              # what placeholders would stand for")
    {
        Add(_json);
        Add(new StatusCommand());
        Add(new LedgerCommand());
        Add(new VerifyCommand());
        Add(new PolicyCommand());
        Add(new RedactCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        StatusCommand.WriteAsync(pai, arguments.GetValue(_json), cancellationToken);
}
