using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Which facts are listed, and how.</summary>
internal sealed record FactListing(bool Json)
{
    public bool All { get; init; }

    public FactKind? Kind { get; init; }

    public int Limit { get; init; } = LimitOption.Usual;
}

/// <summary>Lists facts, the pinned ones first, then the newest.</summary>
internal sealed class MemoryListCommand : PaiCommand
{
    private readonly EnumOption<FactKind> _kind = new("--kind", "Only facts of this kind");
    private readonly Option<bool> _all = new("--all") { Description = "Also what was known once" };
    private readonly LimitOption _limit = new("facts");
    private readonly JsonOption _json = new();

    public MemoryListCommand() : base("list", "List facts, the pinned ones first, then the newest.",
        "pai memory list --kind preference",
        "pai memory list --all --limit 100 --json")
    {
        Add(_kind);
        Add(_all);
        Add(_limit);
        Add(_json);
    }

    public static async Task WriteAsync(Composition pai, FactListing listing, CancellationToken cancellationToken = default)
    {
        // One more than is shown tells whether there are more.
        var found = await (await pai.FactsAsync(cancellationToken)).ListAsync(listing.All, Math.Min(listing.Limit, int.MaxValue - 1) + 1, listing.Kind, cancellationToken);
        var facts = found.Take(listing.Limit).ToList();
        if (listing.Json)
        {
            pai.Console.Output.WriteJson(facts.Select(FactJson.From));
            return;
        }

        if (facts.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync("Nothing is remembered here yet; 'pai memory add TEXT' remembers something.");
            return;
        }

        pai.Console.Output.WriteTable(
            [["FACT", "KNOWN SINCE", "MARKS", "TEXT"], .. facts.Zip(FactText.ShortIds(facts), (fact, id) => new[] { id, pai.Time.Describe(fact.RecordedAt), fact.Marks(pai.Time), fact.Line() })]);
        if (found.Count > facts.Count)
        {
            await pai.Console.Error.WriteLineAsync($"Only {facts.Count} are shown; 'pai memory list --limit N' shows more.");
        }
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var listing = new FactListing(arguments.GetValue(_json)) { All = arguments.GetValue(_all), Kind = _kind.In(arguments), Limit = arguments.GetValue(_limit) };
        await WriteAsync(pai, listing, cancellationToken);
        return ExitCode.Done;
    }
}
