using System.Text;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class EditFileToolTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly GrantedFolder _folder = new();
    private readonly Tool _tool;

    public EditFileToolTests() => _tool = EditFileTool.Create(_folder.Roots);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_piece_is_replaced_and_the_difference_told()
    {
        _folder.Write("list.txt", "milk\nbread\n");

        var answer = await _tool.CallAsync(new { path = "list.txt", old_text = "bread", new_text = "rolls\nbutter" }, Token);

        Assert.Equal("--- list.txt\n+++ list.txt\n@@ -1,2 +1,3 @@\n milk\n-bread\n+rolls\n+butter", answer);
        Assert.Equal("milk\nrolls\nbutter\n", await File.ReadAllTextAsync(_folder["list.txt"], Token));
    }

    [Fact]
    public async Task Line_ends_and_encoding_of_the_file_stay()
    {
        _folder.Write("list.txt", "Käse\r\nBrot\r\n", Encoding.Latin1);

        await _tool.CallAsync(new { path = "list.txt", old_text = "Käse\nBrot", new_text = "Brot\nKäse" }, Token);

        Assert.Equal(Encoding.Latin1.GetBytes("Brot\r\nKäse\r\n"), await File.ReadAllBytesAsync(_folder["list.txt"], Token));
    }

    [Fact]
    public async Task Signs_that_the_encoding_lacks_make_it_UTF_8()
    {
        _folder.Write("list.txt", "Käse", Encoding.Latin1);

        await _tool.CallAsync(new { path = "list.txt", old_text = "Käse", new_text = "Käse 3 €" }, Token);

        Assert.Equal("Käse 3 €"u8.ToArray(), await File.ReadAllBytesAsync(_folder["list.txt"], Token));
    }

    [Fact]
    public async Task Damaged_text_is_not_changed()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'a', 70_000), 0xFF, .. "bread"u8];
        await File.WriteAllBytesAsync(_folder["list.txt"], bytes, Token);

        Assert.Equal("'list.txt' is damaged text: changing it would lose what is not utf-8.", await RefuseAsync("bread", "rolls"));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder["list.txt"], Token));
    }

    [Theory]
    [InlineData("butter", "old_text does not stand in 'list.txt': read the file and give the piece exactly as it is.")]
    [InlineData("aa", "old_text stands in 'list.txt' more than once: give more of the lines around it.")]
    [InlineData("", "old_text is empty: give the piece that is to be replaced, or use write_file.")]
    public async Task The_piece_must_stand_there_exactly_once(string old, string message)
    {
        _folder.Write("list.txt", "aaa\n");

        Assert.Equal(message, await RefuseAsync(old, "x"));
        Assert.Equal("aaa\n", await File.ReadAllTextAsync(_folder["list.txt"], Token));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_made() =>
        Assert.Equal("There is no file 'list.txt': use write_file to make it.", await RefuseAsync("a", "b"));

    private Task<string> RefuseAsync(string old, string now) => _tool.RefuseAsync(new { path = "list.txt", old_text = old, new_text = now }, Token);
}
