using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class CsvDocumentReaderTests
{
    [Theory]
    [InlineData("a.csv", "name,age\nAda,36\n", 1)]
    [InlineData("a.csv", "name;age\nAda;36\n", 1)]
    [InlineData("a.tsv", "name\tage\nAda\t36\n", 1)]
    [InlineData("a.csv", "\"first\nname\",age\nAda,36\n", 2)]
    [InlineData("a.csv", "1,2\n3,4\n", 0)]
    [InlineData("a.csv", "Ada,36\nEva,40\n", 0)]
    public async Task The_header_is_found_out(string name, string text, int header)
    {
        var table = await Reading.OfAsync(name, text);

        Assert.Equal(header, Assert.Single(table.Blocks).Header);
    }

    [Fact]
    public async Task Every_chunk_has_the_header()
    {
        var rows = string.Concat(Enumerable.Range(1, 200).Select(row => $"person {row},{row + 1000},Zurich\n"));
        var table = await Reading.OfAsync("people.csv", $"name,number,town\n{rows}");

        var chunks = Chunker.Cut(table, new());

        Assert.True(chunks.Length > 5);
        Assert.All(chunks, chunk => Assert.StartsWith("name,number,town\nperson ", chunk.Content, StringComparison.Ordinal));
        Assert.Equal("people.csv:1-", table.Cite(chunks[0])[..13]);
        Lossless.Check(table, chunks);
    }

    [Fact]
    public async Task A_header_of_very_many_columns_leaves_room_for_rows()
    {
        var table = await Reading.OfAsync("wide.csv", $"{string.Join(',', Enumerable.Range(0, 2000).Select(column => $"column{column}"))}\n1,2\n3,4\n");

        Lossless.Check(table, Chunker.Cut(table, new()));
    }
}
