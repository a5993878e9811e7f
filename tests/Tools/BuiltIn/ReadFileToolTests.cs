using System.Text;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class ReadFileToolTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly GrantedFolder _folder = new();
    private readonly Tool _tool;

    public ReadFileToolTests() => _tool = ReadFileTool.Create(_folder.Roots);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_short_file_is_given_as_it_is()
    {
        _folder.Write("notes.txt", "milk\r\n\r\nbread\n");

        Assert.Equal("milk\n\nbread", await _tool.CallAsync(new { path = "notes.txt" }, Token));
    }

    [Fact]
    public async Task What_belongs_to_git_is_not_read()
    {
        _folder.Write(".git/config", "url = https://me:password@git.example/x");
        _folder.Link("settings", _folder[".git/config"]);

        Assert.Equal("'.git/config' belongs to git, which may keep passwords there: leave it alone.", await _tool.RefuseAsync(new { path = ".git/config" }, Token));
        Assert.Equal("'.git/config' belongs to git, which may keep passwords there: leave it alone.", await _tool.RefuseAsync(new { path = "settings" }, Token));
    }

    [Fact]
    public async Task Lines_are_given_where_they_are_asked_for()
    {
        _folder.Write("long.txt", string.Join('\n', Enumerable.Range(1, 500)));

        Assert.Equal("7\n8\n[Lines 7 to 8 of 500 lines; from_line 9 goes on.]", await _tool.CallAsync(new { path = "long.txt", from_line = 7, lines = 2 }, Token));
        Assert.Equal("499\n500\n[Lines 499 to 500 of 500 lines.]", await _tool.CallAsync(new { path = "long.txt", from_line = 499 }, Token));
        Assert.EndsWith("\n200\n[Lines 1 to 200 of 500 lines; from_line 201 goes on.]", await _tool.CallAsync(new { path = "long.txt" }, Token), StringComparison.Ordinal);
        Assert.Equal("'long.txt' has 500 lines: line 501 is beyond its end.", await _tool.RefuseAsync(new { path = "long.txt", from_line = 501 }, Token));
    }

    [Fact]
    public async Task What_fills_the_result_is_continued_at_the_right_line()
    {
        _folder.Write("wide.txt", string.Concat(Enumerable.Range(1, 20).Select(number => $"{number} {new string('x', 1_000)}\n")));

        var first = await _tool.CallAsync(new { path = "wide.txt" }, Token);
        var second = await _tool.CallAsync(new { path = "wide.txt", from_line = 7 }, Token);

        Assert.EndsWith("\n[Lines 1 to 6 of 20 lines; from_line 7 goes on.]", first, StringComparison.Ordinal);
        Assert.StartsWith("7 x", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_file_is_read_by_lines_and_told_by_its_size()
    {
        using (var file = new FileStream(_folder["huge.txt"], FileMode.Create))
        {
            file.Write("one\ntwo\nthree\n"u8);
            file.Write(Enumerable.Repeat((byte)'x', 70_000).ToArray());
            file.SetLength(100_000_000);
        }

        Assert.Equal("two\n[Lines 2 to 2 of a file of 100 MB; from_line 3 goes on.]", await _tool.CallAsync(new { path = "huge.txt", from_line = 2, lines = 1 }, Token));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    public async Task Text_is_read_in_the_encoding_that_it_has(string encoding)
    {
        _folder.Write("Straße.txt", "Grüße aus Köln", Encoding.GetEncoding(encoding));

        Assert.Equal("Grüße aus Köln", await _tool.CallAsync(new { path = "Straße.txt" }, Token));
    }

    [Fact]
    public async Task What_is_no_text_is_refused_with_its_name_and_size()
    {
        File.WriteAllBytes(_folder["photo.png"], [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0x0D, .. new byte[2_000]]);

        Assert.Equal("'photo.png' is binary (2 KB): only text can be read.", await _tool.RefuseAsync(new { path = "photo.png" }, Token));
    }

    [Fact]
    public async Task Pipes_folders_and_what_is_not_there_are_refused_at_once()
    {
        await _folder.PipeAsync("pipe");
        Directory.CreateDirectory(_folder["folder"]);
        _folder.Write("empty", "");

        Assert.Equal("'pipe' is no ordinary file but a device, pipe or socket: leave it alone.", await _tool.RefuseAsync(new { path = "pipe" }, Token));
        Assert.Equal("'folder' is a folder: use list_files.", await _tool.RefuseAsync(new { path = "folder" }, Token));
        Assert.Equal("There is no file 'missing'.", await _tool.RefuseAsync(new { path = "missing" }, Token));
        Assert.Equal("'empty' is empty.", await _tool.CallAsync(new { path = "empty" }, Token));
    }

    [Fact]
    public void It_says_what_it_reaches_and_where_its_words_come_from()
    {
        var arguments = System.Text.Json.JsonSerializer.SerializeToElement(new { path = "a\u202Eb.txt" });

        Assert.Equal((ToolRisk.ReadsLocal, ToolTrust.Untrusted, "the file a\\u{202E}b.txt"), (_tool.Risk, _tool.Trust, _tool.OriginOf(arguments)));
        Assert.Equal([_folder["a\u202Eb.txt"]], _tool.ReachOf(arguments).Paths);
    }
}
