using System.Text.Json;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class ListFilesToolTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly GrantedFolder _folder = new();
    private readonly Tool _tool;

    public ListFilesToolTests() => _tool = ListFilesTool.Create(_folder.Roots with { Excluded = [_folder["pai"]] });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_listed_with_sizes_and_without_what_is_excluded()
    {
        _folder.Write("notes.txt", new string('x', 1_234));
        _folder.Write("letters/to Ann.md", "x");
        _folder.Write("pai/pai.db", "x");
        _folder.Write("evil\u202Etxt.exe", "x");
        _folder.Link("away", _folder.Outside);
        await _folder.PipeAsync("pipe");

        Assert.Equal(
            "away (link)\nevil\\u{202E}txt.exe 1 B\nletters/\nnotes.txt 1.2 KB\npipe (no ordinary file)",
            await _tool.CallAsync(new { }, Token));
        Assert.Equal("letters/to Ann.md 1 B", await _tool.CallAsync(new { folder = "letters" }, Token));
    }

    [Theory]
    [InlineData("*.md", "a.md 1 B\nb/c.MD 1 B\nb/d/e.md 1 B")]
    [InlineData("b/*.md", "b/c.MD 1 B")]
    [InlineData("**/d/*", "b/d/e.md 1 B\nb/d/f.txt 1 B")]
    [InlineData("b/**", "b/c.MD 1 B\nb/d/\nb/d/e.md 1 B\nb/d/f.txt 1 B")]
    [InlineData("?.{txt,pdf}", "b/d/f.txt 1 B")]
    [InlineData("[a].md", "Nothing in '.' matches '[a].md'.")]
    public async Task A_pattern_finds_files_at_any_depth(string glob, string listed)
    {
        foreach (var name in new[] { "a.md", "b/c.MD", "b/d/e.md", "b/d/f.txt", ".git/x.md", "pai/x.md" })
        {
            _folder.Write(name, "x");
        }

        Assert.Equal(listed, await _tool.CallAsync(new { glob }, Token));
    }

    [Fact]
    public async Task Links_to_folders_above_are_not_followed()
    {
        _folder.Write("a/b/c.txt", "x");
        _folder.Link("a/b/up", "../..");

        Assert.Equal("a/b/c.txt 1 B", await _tool.CallAsync(new { glob = "*.txt" }, Token));
    }

    [Fact]
    public async Task A_long_list_is_cut_and_says_so()
    {
        for (var number = 0; number < 300; number++)
        {
            _folder.Write($"{number:000}", "x");
        }

        var listed = await _tool.CallAsync(new { }, Token);

        Assert.EndsWith("\n199 1 B\n[There are more: the first 200 are listed; give a narrower folder or glob.]", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_and_one_that_is_not_there_are_told()
    {
        Directory.CreateDirectory(_folder["empty"]);

        Assert.Equal("'empty' is empty.", await _tool.CallAsync(new { folder = "empty" }, Token));
        Assert.Equal("There is no folder 'missing'.", await _tool.RefuseAsync(new { folder = "missing" }, Token));
    }

    [Fact]
    public void It_says_what_it_reaches()
    {
        Assert.Equal([_folder.Root], _tool.ReachOf(JsonSerializer.SerializeToElement(new { })).Paths);
        Assert.Equal("the folder a", _tool.OriginOf(JsonSerializer.SerializeToElement(new { folder = "a" })));
    }
}
