using System.CommandLine;
using System.Globalization;
using PersonalAi.Adapters;
using PersonalAi.Assistant.Memories;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Searches the documents by words and meaning, as the chat does.</summary>
internal sealed class DocsSearchCommand : PaiCommand
{
    private static readonly HashSet<PassagePart> Chunks = [PassagePart.Chunk];

    private readonly Argument<string[]> _words = new("TEXT") { Description = "A question, or words", Arity = ArgumentArity.OneOrMore };
    private readonly LimitOption _limit = new("passages");
    private readonly JsonOption _json = new();

    public DocsSearchCommand() : base("search", "Search the documents by words and meaning; the best passages come first.",
        "pai docs search \"how is the key derived\"",
        "pai docs search sourdough hydration --limit 3 --json")
    {
        Add(_words);
        Add(_limit);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var text = string.Join(' ', arguments.GetRequiredValue(_words));
        var query = new MemoryQuery(text) { Limit = arguments.GetValue(_limit), Parts = Chunks };
        var search = await pai.SearchAsync(cancellationToken);
        var hits = await search.SearchAsync(query, await EmbedderAsync(pai, cancellationToken), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(hits.Select(FoundChunkJson.From));
        }
        else if (hits.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync($"Nothing was found for '{TerminalText.OneLine(text)}'.");
        }
        else
        {
            Write(pai, text, hits);
        }

        return ExitCode.Done;
    }

    private static void Write(Composition pai, string text, IReadOnlyList<MemoryHit> hits)
    {
        var ink = new Ink(pai.ColourOnOutput);
        foreach (var (index, hit) in hits.Index())
        {
            var passage = hit.Passage;
            var source = new CitedSource($"{index + 1}", passage);
            var heading = passage.Heading is { } path ? $"  {TerminalText.OneLine(path)}" : "";
            pai.Console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ink.Bold(source.ToString())}  {hit.Score:0.00}{heading}"));
            pai.Console.Output.WriteLine($"    {Excerpt.Of(TerminalText.OneLine(passage.Text), text)}");
        }
    }

    private static async Task<TextEmbedder?> EmbedderAsync(Composition pai, CancellationToken cancellationToken)
    {
        try
        {
            using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
            return await pai.Embedder.OpenAsync(progress, cancellationToken);
        }
        catch (ModelException error)
        {
            await pai.Console.Error.WriteLineAsync($"Words alone are searched, since the embedding model cannot be used: {TerminalText.Sanitize(error.Message)}");
            return null;
        }
    }
}

/// <summary>A found passage as <c>--json</c> prints it; the id is that of its document.</summary>
internal sealed record FoundChunkJson(int Number, string Id, string? Citation, string? Path, int? First, int? Last, string? Heading, double Score, string Text)
{
    public static FoundChunkJson From(MemoryHit hit, int index) => new(
        index + 1,
        hit.Passage.Source.ToString("D"),
        hit.Passage.Citation,
        hit.Passage.Location,
        hit.Passage.First,
        hit.Passage.Last,
        hit.Passage.Heading,
        Math.Round(hit.Score, 4),
        hit.Passage.Text);
}
