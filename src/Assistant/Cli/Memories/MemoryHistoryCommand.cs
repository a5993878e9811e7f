using System.CommandLine;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Shows all versions of a fact, and what was done to it.</summary>
internal sealed class MemoryHistoryCommand : PaiCommand
{
    private readonly FactIdArgument _id = new();
    private readonly JsonOption _json = new();

    public MemoryHistoryCommand() : base("history", "Show all versions of a fact, and what was done to it.",
        "pai memory history 0199f3a2")
    {
        Add(_id);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var fact = await _id.FindAsync(await pai.FactsAsync(cancellationToken), arguments, cancellationToken);
        var history = await (await pai.JournalAsync(cancellationToken)).HistoryAsync(fact.Id, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                id = fact.Id.ToString(),
                versions = history.Versions.Select(FactJson.From),
                changes = history.Changes.Select(FactChangeJson.From),
            });
            return ExitCode.Done;
        }

        pai.Console.Output.WriteTable(
        [
            ["VERSION", "KNOWN SINCE", "MARKS", "TEXT"],
            .. history.Versions.Zip(FactText.ShortIds(history.Versions), (version, id) => new[] { id, pai.Time.Describe(version.RecordedAt), version.Marks(pai.Time), version.Line() }),
        ]);
        foreach (var change in history.Changes)
        {
            await pai.Console.Output.WriteLineAsync($"{pai.Time.Describe(change.MadeAt)}  {change.Described()}{(change.UndoneAt is { } undone ? $"; undone {pai.Time.Describe(undone)}" : "")}");
        }

        return ExitCode.Done;
    }
}
