using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Searches what was asked and answered.</summary>
internal sealed class SessionsSearchCommand : PaiCommand
{
    private readonly Argument<string[]> _words = new("WORDS")
    {
        Description = "Words that must all occur; '\"a phrase\"' in quotes of its own; begin* for a beginning",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly LimitOption _limit = new("turns");
    private readonly JsonOption _json = new();

    public SessionsSearchCommand() : base("search", "Search what was asked and answered, the trash excepted; the best matches come first.",
        "pai sessions search sourdough hydration",
        "pai sessions search '\"tail recursion\"' --json")
    {
        Add(_words);
        Add(_limit);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var query = string.Join(' ', arguments.GetRequiredValue(_words));
        var search = new ConversationSearch(await pai.DatabaseAsync(cancellationToken));
        var hits = await search.SearchAsync(query, arguments.GetValue(_limit), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(hits.Select(SearchHitJson.From));
        }
        else if (hits.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync($"Nothing was found for '{TerminalText.Sanitize(query)}'.");
        }
        else
        {
            Write(pai, hits);
        }

        return ExitCode.Done;
    }

    private static void Write(Composition pai, IReadOnlyList<SearchHit> hits)
    {
        var ink = new Ink(pai.ColourOnOutput);
        foreach (var hit in hits)
        {
            pai.Console.Output.WriteLine($"{hit.Session.ShortForm}  {pai.Time.Describe(hit.At)}  {SessionText.Heading(hit.Title)}");
            pai.Console.Output.WriteLine($"    {string.Concat(hit.Snippet.Select(part => Text(part, ink)))}");
        }
    }

    private static string Text(SnippetPart part, Ink ink)
    {
        var line = TerminalText.Sanitize(part.Text).Replace('\n', ' ');
        return part.IsMatch ? ink.Bold(line) : line;
    }
}

/// <summary>A found turn as <c>--json</c> prints it.</summary>
internal sealed record SearchHitJson(
    string Id, string Session, string? Title, DateTimeOffset At, double Rank, string Snippet, IEnumerable<string> Matches)
{
    public static SearchHitJson From(SearchHit hit) => new(
        hit.Turn.ToString(),
        hit.Session.ToString(),
        hit.Title,
        hit.At,
        hit.Rank,
        string.Concat(hit.Snippet.Select(part => part.Text)),
        hit.Snippet.Where(part => part.IsMatch).Select(part => part.Text));
}
