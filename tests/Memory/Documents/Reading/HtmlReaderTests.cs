using System.Text;
using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class HtmlReaderTests
{
    private const string Page = """
        <!DOCTYPE html>
        <html><head><title>Trips</title><meta name="author" content="Ada"><meta property="article:published_time" content="2024-03-05T10:00:00Z">
        <style>p { color: red }</style></head>
        <body><nav><a href="/">Home</a></nav>
        <script>
          document.write("never");
        </script>
        <h1>Our
            trips</h1>
        <p>To <b>Rome</b>&nbsp;&amp; back.<br>By train.</p>
        <ul><li>tickets</li>
            <li>hotel</li></ul>
        <table><tr><th>day<th>place</tr>
          <tr><td>1<td><p>Rome</p></tr></table>
        <pre>
        a  b
          c</pre>
        </body></html>
        """;

    [Fact]
    public async Task Words_are_read_with_headings_lists_and_tables_and_nothing_runs()
    {
        var page = await Reading.OfAsync("trips.html", Page);

        Assert.Equal(("text/html", "Trips", "Ada", new DateTimeOffset(2024, 3, 5, 10, 0, 0, TimeSpan.Zero)), (page.MediaType, page.Title, page.Author, page.Date));
        Assert.Equal(
            """
            8: Our trips
            10: To Rome & back.
            10: By train.
            11: - tickets
            12: - hotel
            13: day | place
            14: 1 | Rome
            15: a  b
            16:   c
            """.ReplaceLineEndings("\n"),
            Reading.Text(page));
        Assert.Equal("Our trips", Assert.Single(page.Sections).Title);
        Assert.Equal([(BlockKind.Table, 2, 1), (BlockKind.Code, 2, 0)], page.Blocks.Select(block => (block.Kind, block.Count, block.Header)));
    }

    [Fact]
    public async Task A_page_is_known_by_its_beginning() => Assert.Equal("text/html", (await Reading.OfAsync("page", "\n<!doctype HTML><p>a")).MediaType);

    [Fact]
    public async Task A_hundred_thousand_nested_tags_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 100_000));

        Assert.Equal("Could not read 'deep.html': its tags are nested more than 4,096 deep.", await Reading.RefusalAsync("deep.html", Encoding.UTF8.GetBytes(deep)));
    }

    [Fact]
    public async Task A_hundred_thousand_paragraphs_that_are_not_closed_are_read()
    {
        var page = await Reading.OfAsync("old.html", string.Concat(Enumerable.Repeat("<p>word\n", 100_000)));

        Assert.Equal(100_000, page.Lines.Count(line => line.Text == "word"));
    }

    [Fact]
    public async Task Pages_that_are_too_long_are_refused() =>
        Assert.Equal(
            "Could not read 'long.html': it is a page of 16,777,217 characters, and at most 16,777,216 are read.",
            await Reading.RefusalAsync("long.html", Encoding.UTF8.GetBytes(new string('a', (16 << 20) + 1))));
}
