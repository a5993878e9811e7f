using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Reverses the last change.</summary>
internal sealed class MemoryUndoCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public MemoryUndoCommand() : base("undo", "Reverse the last change to the facts; again, the one before it. Only forgetting cannot be undone.",
        "pai memory undo",
        "pai memory undo && pai memory undo           # the last two changes")
    {
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var change = await (await pai.JournalAsync(cancellationToken)).UndoAsync(cancellationToken) ?? throw new UsageException("There is nothing to undo.");
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(FactChangeJson.From(change));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"Undone: {change.Described()}, of {Terminal.MomentText.Describe(pai.Time, change.MadeAt)}.");
        }

        return ExitCode.Done;
    }
}
