using PersonalAi.Tests.Fakes;
using PersonalAi.Tools.Selection;
using Xunit;

namespace PersonalAi.Tests.Tools.Selection;

public sealed class ToolVectorFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Path => _folder["tool-vectors.bin"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Vectors_are_found_again_by_their_text_and_space()
    {
        new ToolVectorFile(Path, "space").Write(new Dictionary<string, ReadOnlyMemory<float>> { ["time"] = new[] { 1f, 2f }, ["sum"] = new[] { 3f, 4f } });

        var found = new ToolVectorFile(Path, "space").Read(["sum", "mail", "time"]);

        Assert.Equal([("sum", [3f, 4f]), ("time", [1f, 2f])], found);
        Assert.Empty(new ToolVectorFile(Path, "another").Read(["sum"]));
        Assert.DoesNotContain("time", File.ReadAllText(Path).ReplaceLineEndings("").Replace("pai tool vectors 1", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(100)]
    public void What_is_left_of_a_damaged_file_is_taken_and_nothing_else(int length)
    {
        new ToolVectorFile(Path, "space").Write(new Dictionary<string, ReadOnlyMemory<float>> { ["time"] = new[] { 1f, 2f }, ["sum"] = new[] { 3f, 4f } });
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..length]);

        var found = new ToolVectorFile(Path, "space").Read(["time", "sum"]).Count();

        Assert.Equal(length < 100 ? 0 : 1, found);
    }

    [Fact]
    public void A_folder_that_is_not_there_costs_nothing()
    {
        var file = new ToolVectorFile(_folder["no/such/file"], "space");

        file.Write(new Dictionary<string, ReadOnlyMemory<float>>());

        Assert.Empty(file.Read(["time"]));
    }
}
