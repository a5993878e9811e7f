using System.CommandLine;
using PersonalAi.Adapters;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Searches facts, conversations and documents.</summary>
internal sealed class MemorySearchCommand : PaiCommand
{
    private readonly Argument<string[]> _text = new("TEXT") { Description = "A question, or words", Arity = ArgumentArity.OneOrMore };
    private readonly LimitOption _limit = new("hits");
    private readonly EnumOption<FactKind> _kind = new("--kind", "Only facts of this kind");
    private readonly DateOption _asOf = new("--as-of", "What was known at that time");
    private readonly EnumOption<EgressLabel> _label = new("--label", "Only facts with this label");
    private readonly Option<string?> _session = new("--session") { Description = "Only what was said in this session", HelpName = "ID" };
    private readonly JsonOption _json = new();

    public MemorySearchCommand() : base("search", "Search facts, conversations and documents by words, meaning, names and time; the best hits come first.",
        "pai memory search what can I not eat",
        "pai memory search where does Anna live --as-of 2026-03-01",
        "pai memory search dentist --kind event --limit 5 --json")
    {
        Add(_text);
        Add(_limit);
        Add(_kind);
        Add(_asOf);
        Add(_label);
        Add(_session);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var query = await QueryAsync(pai, arguments, cancellationToken);
        var embedder = await PrepareAsync(pai, cancellationToken);
        var hits = await (await pai.SearchAsync(cancellationToken)).SearchAsync(query, embedder, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(hits.Select(MemoryHitJson.From));
        }
        else if (hits.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync($"Nothing was found for '{FactText.Line(query.Text)}'.");
        }
        else
        {
            Write(pai, hits);
        }

        return ExitCode.Done;
    }

    private static void Write(Composition pai, IReadOnlyList<MemoryHit> hits)
    {
        var ink = new Ink(pai.ColourOnOutput);
        foreach (var hit in hits)
        {
            pai.Console.Output.WriteLine($"{ink.Bold($"{hit.Score:0.000}")}  {Source(hit.Passage)}  {pai.Time.Describe(hit.Passage.SaidAt)}  {ArmsText.Of(hit.Arms)}");
            pai.Console.Output.WriteLine($"    {FactText.Line(hit.Passage.Text)}");
        }
    }

    private static string Source(Passage passage)
    {
        var id = passage.ShortSource;
        return passage.Part switch
        {
            PassagePart.Fact => $"fact {id}",
            PassagePart.Prompt => $"you, turn {id}",
            PassagePart.Answer => $"answer, turn {id}",
            _ => $"document {id}" + (passage.First is { } first ? $":{first}-{passage.Last}" : ""),
        };
    }

    // Without an embedding model words alone are searched, and the user is told.
    private static async Task<TextEmbedder?> PrepareAsync(Composition pai, CancellationToken cancellationToken)
    {
        var indexer = await pai.IndexerAsync(cancellationToken);
        await indexer.IndexTurnsAsync(cancellationToken);
        try
        {
            using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
            var embedder = await pai.Embedder.OpenAsync(progress, cancellationToken);
            await indexer.EmbedAsync(embedder, cancellationToken: cancellationToken);
            return embedder;
        }
        catch (ModelException error)
        {
            await pai.Console.Error.WriteLineAsync($"Only words are searched, not meaning: {TerminalText.Sanitize(error.Message)}");
            return null;
        }
    }

    private async Task<MemoryQuery> QueryAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken) =>
        new(string.Join(' ', arguments.GetRequiredValue(_text)))
        {
            Limit = arguments.GetValue(_limit),
            KnownAt = _asOf.In(arguments, pai.Time),
            Kinds = _kind.In(arguments) is { } kind ? new HashSet<FactKind> { kind } : null,
            Labels = _label.In(arguments) is { } label ? new HashSet<EgressLabel> { label } : null,
            Sessions = arguments.GetValue(_session) is { } id
                ? new HashSet<PersonalAi.Memory.Conversations.SessionId> { (await (await pai.SessionsAsync(cancellationToken)).FindAsync(id, cancellationToken)).Id }
                : null,
        };
}

/// <summary>A hit as <c>--json</c> prints it.</summary>
internal sealed record MemoryHitJson(
    string Id, string Part, string Text, DateTimeOffset At, string? Speaker, string? Heading, string Thread, int? First, int? Last, double Score, ArmScoresJson Arms)
{
    public static MemoryHitJson From(MemoryHit hit) => new(
        hit.Passage.Source.ToString(),
        Words.Of(hit.Passage.Part),
        hit.Passage.Text,
        hit.Passage.SaidAt,
        hit.Passage.Speaker,
        hit.Passage.Heading,
        hit.Passage.Thread.ToString(),
        hit.Passage.First,
        hit.Passage.Last,
        Math.Round(hit.Score, 4),
        new ArmScoresJson(Rounded(hit.Arms.Words), Rounded(hit.Arms.Cosine), Rounded(hit.Arms.Names), hit.Arms.InTime));

    private static double? Rounded(double? score) => score is { } number ? Math.Round(number, 4) : null;
}

/// <summary>What each way of searching says of a hit; null where it did not find it.</summary>
internal sealed record ArmScoresJson(double? Words, double? Cosine, double? Names, bool? InTime);
