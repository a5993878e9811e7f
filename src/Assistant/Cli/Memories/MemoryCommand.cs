namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>What the assistant remembers: one line for each thing that can be done with it.</summary>
internal sealed class MemoryCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public MemoryCommand() : base("memory", "List what is remembered; add, search, change, undo, forget, verify and encrypt it.",
        "pai memory                                   # the pinned facts, then the newest",
        "pai memory add I am allergic to peanuts. --kind profile --pin",
        "pai memory search what can I not eat",
        "pai memory forget 0199f3a2                   # removes every trace, and shows that none is left")
    {
        Add(_json);
        Add(new MemoryAddCommand());
        Add(new MemoryListCommand());
        Add(new MemorySearchCommand());
        Add(new MemoryShowCommand());
        Add(new MemoryEditCommand());
        Add(new MemoryPinCommand(pins: true));
        Add(new MemoryPinCommand(pins: false));
        Add(new MemoryLabelCommand());
        Add(new MemoryHistoryCommand());
        Add(new MemoryUndoCommand());
        Add(new MemoryWhyCommand());
        Add(new MemoryForgetCommand());
        Add(new MemoryExportCommand());
        Add(new MemoryImportCommand());
        Add(new MemoryInboxCommand());
        Add(new MemoryStatsCommand());
        Add(new MemoryVerifyCommand());
        Add(new MemoryEncryptCommand());
        Add(new MemoryRekeyCommand());
        Add(new MemoryDecryptCommand());
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, System.CommandLine.ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await MemoryListCommand.WriteAsync(pai, new FactListing(arguments.GetValue(_json)), cancellationToken);
        return ExitCode.Done;
    }
}
