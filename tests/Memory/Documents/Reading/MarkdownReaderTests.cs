using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class MarkdownReaderTests
{
    private const string Guide = """
        ---
        title: "The guide"
        author: Ada
        date: 2024-03-05
        ---
        # Guide to `pai`

        Words.

        ## Install *it*

        ```sh
        # no heading
        make

        make install
        ```

        | name | size |
        |------|------|
        | a    | 1    |

        Later
        -----

        End.
        """;

    [Fact]
    public async Task Headings_code_tables_and_front_matter_are_found()
    {
        var guide = await Reading.OfAsync("guide.md", Guide.ReplaceLineEndings("\r\n"));

        Assert.Equal(("text/markdown", "The guide", "Ada", new DateTimeOffset(2024, 3, 5, 0, 0, 0, TimeSpan.Zero)), (guide.MediaType, guide.Title, guide.Author, guide.Date));
        Assert.Equal([new(5, 1, "Guide to pai"), new(9, 2, "Install it"), new(22, 2, "Later")], guide.Sections);
        Assert.Equal([new(BlockKind.Code, 0, 5), new(BlockKind.Code, 11, 6), new(BlockKind.Table, 18, 3, 2)], guide.Blocks);
    }

    [Fact]
    public async Task Chunks_follow_the_headings_and_cite_the_lines()
    {
        var guide = await Reading.OfAsync("guide.md", Guide);

        var chunks = Chunker.Cut(guide, new() { MinTokens = 5 });

        Assert.Equal(
            [("", "guide.md:1-5"), ("Guide to pai", "guide.md:6-8"), ("Guide to pai > Install it", "guide.md:10-21"), ("Guide to pai > Later", "guide.md:23-26")],
            chunks.Select(chunk => (chunk.Heading, guide.Cite(chunk))));
        Lossless.Check(guide, chunks);
    }

    [Fact]
    public async Task Text_that_is_nested_too_deeply_is_read_without_structure()
    {
        var deep = await Reading.OfAsync("deep.md", $"# Title\n\n{new string('>', 50_000)} words");

        Assert.Equal(3, deep.Lines.Length);
        Lossless.Check(deep, Chunker.Cut(deep, new()));
    }
}
