using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Shows all of a fact, and the words that say it.</summary>
internal sealed class MemoryShowCommand : PaiCommand
{
    private readonly FactIdArgument _id = new();
    private readonly JsonOption _json = new();

    public MemoryShowCommand() : base("show", "Show all of a fact: when it is true, since when it is known, and the words that say it.",
        "pai memory show 0199f3a2",
        "pai memory show 0199f3a2 --json")
    {
        Add(_id);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var fact = await _id.FindAsync(await pai.FactsAsync(cancellationToken), arguments, cancellationToken);
        var turn = fact.Source is { } source ? await (await pai.TurnsAsync(cancellationToken)).GetTurnAsync(source.Turn, cancellationToken) : null;
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(WholeFactJson.From(fact, turn));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync(TerminalText.Sanitize(fact.Text));
            foreach (var (name, value) in Rows(fact, turn, pai.Time))
            {
                await pai.Console.Output.WriteLineAsync($"  {name,-14} {value}");
            }
        }

        return ExitCode.Done;
    }

    private static IEnumerable<(string Name, string Value)> Rows(Fact fact, Turn? turn, TimeProvider time)
    {
        yield return ("id", fact.Id.ToString());
        yield return ("kind", Words.Of(fact.Kind));
        if (FactText.Span(fact.Valid, time) is { Length: > 0 } span)
        {
            yield return ("true", span);
        }

        yield return ("known since", time.Describe(fact.RecordedAt));
        if (fact.RetractedAt is { } retracted)
        {
            yield return ("known until", time.Describe(retracted));
        }

        if (fact.Supersedes is { } older)
        {
            yield return ("replaces", older.ToString());
        }

        yield return ("pinned", fact.IsPinned ? "yes" : "no");
        yield return ("may leave", Words.Of(fact.Egress));
        yield return ("confidence", $"{fact.Confidence:0.00}");
        yield return ("given", fact.UsedAt is { } used ? $"{fact.Uses} times, last {time.Describe(used)}" : "never");
        yield return ("origin", Origin(fact));
        if (fact.Source is { } source && turn is not null)
        {
            yield return ("said", $"{time.Describe(turn.CreatedAt)}, session {turn.Session.ShortForm}, turn {turn.Id.ShortForm}, characters {source.Start}-{source.Start + source.Length}");
            yield return ("words", $"'{FactText.Line(source.WordsIn(turn.Prompt))}'");
        }
    }

    private static string Origin(Fact fact) => fact switch
    {
        { Reference: { } reference } => $"imported: {FactText.Line(reference)}",
        { Origin: FactOrigin.Import } => "imported",
        { Source: null } => "entered by you",
        _ => "said by you",
    };
}
