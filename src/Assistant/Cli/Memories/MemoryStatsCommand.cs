using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Verification;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Tells how much is remembered.</summary>
internal sealed class MemoryStatsCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public MemoryStatsCommand() : base("stats", "Show how much is remembered, and what it takes.",
        "pai memory stats",
        "pai memory stats --json")
    {
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, System.CommandLine.ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var stored = await MemoryStatistics.ReadAsync(await pai.DatabaseAsync(cancellationToken), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(MemoryStatisticsJson.From(stored));
            return ExitCode.Done;
        }

        var kinds = string.Join(", ", stored.Facts.Select(kind => $"{kind.Value} {Words.Of(kind.Key)}"));
        pai.Console.Output.WriteTable(
        [
            ["facts", $"{stored.Facts.Values.Sum()}", kinds],
            ["  pinned", $"{stored.Pinned}", ""],
            ["  older versions", $"{stored.OldVersions}", ""],
            ["  changes to undo", $"{stored.Changes}", ""],
            ["sessions", $"{stored.Sessions}", $"{stored.Turns} turns"],
            ["documents", $"{stored.Documents}", ""],
            ["passages", $"{stored.Passages}", $"{stored.Entities} names in them"],
            ["vectors", $"{stored.Vectors}", $"{stored.VectorsToMake} still to be made"],
            ["database", Quantity.Bytes(stored.Bytes), pai.Data.Database],
        ]);
        return ExitCode.Done;
    }
}

/// <summary>How much is stored as <c>--json</c> prints it.</summary>
internal sealed record MemoryStatisticsJson(
    IReadOnlyDictionary<string, long> Facts, long Pinned, long OldVersions, long Changes, long Sessions, long Turns, long Documents, long Passages, long Entities, long Vectors, long VectorsToMake, long Bytes)
{
    public static MemoryStatisticsJson From(MemoryStatistics stored) => new(
        stored.Facts.ToDictionary(kind => Words.Of(kind.Key), kind => kind.Value),
        stored.Pinned,
        stored.OldVersions,
        stored.Changes,
        stored.Sessions,
        stored.Turns,
        stored.Documents,
        stored.Passages,
        stored.Entities,
        stored.Vectors,
        stored.VectorsToMake,
        stored.Bytes);
}
