using System.Text;
using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class ChunkerTests
{
    private static readonly string[] Fragments =
    [
        "word", "Another sentence ends here.", "is it? Yes!", "# Heading", "## Sub *heading*", "- item", "| a | b |", "|---|---|", "```", "    code()", "def f(x):", "class A {", "}",
        "\t", "", "", " ", "日本語の文です。", "\U0001F600\U0001F600", "<p>", "</div>", "<table><tr><td>", "a,b;c\t\"d", "\"", "=====", "12345678901234567890", "caf\u00E9", "\0", "\\", "> quote",
        "supercalifragilisticexpialidocious", "From: me", "1. one",
    ];

    [Theory]
    [InlineData("md")]
    [InlineData("txt")]
    [InlineData("html")]
    [InlineData("csv")]
    [InlineData("cs")]
    [InlineData("py")]
    [InlineData("eml")]
    public async Task Nothing_is_lost_or_said_twice_whatever_the_text(string extension)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var options = new ChunkOptions { TargetTokens = random.Next(8, 200), MinTokens = random.Next(0, 60) };
            var document = await Reading.OfAsync($"random.{extension}", $"{(extension == "eml" ? "Subject: s\n\n" : "")}{RandomText(random)}");

            Lossless.Check(document, Chunker.Cut(document, options), options);
        }
    }

    [Fact]
    public async Task The_files_of_this_repository_lose_nothing()
    {
        var readers = new DocumentReaders(new());
        string[] files = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs")), .. Directory.GetFiles(Path.Combine(Repository.Root, "src", "Memory"), "*.cs", SearchOption.AllDirectories)];

        foreach (var file in files)
        {
            var document = await readers.ReadAsync(file, Path.GetFileName(file));
            Lossless.Check(document, Chunker.Cut(document, new()));
        }
    }

    [Fact]
    public void A_long_paragraph_is_split_where_sentences_end()
    {
        var sentence = "The quick brown fox jumps over the lazy dog near the river. ";
        var document = Document(string.Concat(Enumerable.Repeat(sentence, 40)));

        var chunks = Chunker.Cut(document, new());

        Assert.True(chunks.Length >= 3);
        Assert.All(chunks, chunk => Assert.EndsWith("river.", chunk.Text, StringComparison.Ordinal));
        Assert.All(chunks, chunk => Assert.Equal((1, 1), (chunk.First, chunk.Last)));
        Lossless.Check(document, chunks);
    }

    [Fact]
    public void Paragraphs_stay_whole_and_fill_chunks()
    {
        var paragraph = string.Join('\n', Enumerable.Repeat("seven words stand in this very line", 8));
        var document = Document(string.Join("\n\n", Enumerable.Repeat(paragraph, 5)));

        var chunks = Chunker.Cut(document, new());

        Assert.Equal([(1, 26), (28, 44)], chunks.Select(chunk => (chunk.First, chunk.Last)));
    }

    [Fact]
    public void A_heading_does_not_stand_alone_and_takes_the_path_of_what_follows()
    {
        var document = Document("# Guide\n## Install\nRun it.\n## Use\nAsk it.") with { Sections = [new(0, 1, "Guide"), new(1, 2, "Install"), new(3, 2, "Use")] };

        Assert.Equal([("Guide > Install", 1, 3), ("Guide > Use", 4, 5)], Chunker.Cut(document, new() { MinTokens = 8 }).Select(Shown));
        Assert.Equal([("Guide", 1, 5)], Chunker.Cut(document, new()).Select(Shown));

        static (string, int, int) Shown(Chunk chunk) => (chunk.Heading, chunk.First, chunk.Last);
    }

    [Fact]
    public void Parts_that_stand_apart_share_no_chunk()
    {
        var document = Document("a\nb") with { Sections = [new(0, 0, "First"), new(1, 0, "Second")] };

        Assert.Equal([("First", "a"), ("Second", "b")], Chunker.Cut(document, new()).Select(chunk => (chunk.Heading, chunk.Text)));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("the cat sat", 3)]
    [InlineData("internationalisation", 4)]
    [InlineData("a-b, c.", 6)]
    [InlineData("2024", 2)]
    [InlineData("日本語", 3)]
    [InlineData("Привет", 3)]
    public void Tokens_are_estimated(string text, int tokens) => Assert.Equal(tokens, TokenEstimate.Of(text));

    [Theory]
    [InlineData(LineUnit.Line, 3, 3, "a:3")]
    [InlineData(LineUnit.Line, 3, 9, "a:3-9")]
    [InlineData(LineUnit.Page, 3, 3, "a p. 3")]
    [InlineData(LineUnit.Page, 3, 4, "a p. 3-4")]
    [InlineData(LineUnit.Paragraph, 3, 4, "a paragraphs 3-4")]
    [InlineData(LineUnit.Message, 12, 12, "a message 12")]
    internal void Places_are_cited(LineUnit unit, int first, int last, string cited) => Assert.Equal(cited, Citation.Of("a", unit, first, last));

    private static ReadDocument Document(string text) => new("a.txt", "text/plain", TextLines.Split(text));

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(300); count > 0; count--)
        {
            text.Append(Fragments[random.Next(Fragments.Length)]).Append(random.Next(6) switch { 0 => "\n\n", 1 => "\n", 2 => "\r\n", 3 => "", _ => " " });
        }

        return text.ToString();
    }
}
