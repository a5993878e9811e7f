using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class WriteFileToolTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly GrantedFolder _folder = new();
    private readonly Tool _tool;

    public WriteFileToolTests() => _tool = WriteFileTool.Create(_folder.Roots);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_file_is_written_with_the_folders_on_its_way()
    {
        var answer = await _tool.CallAsync(new { path = "lists/food/today.txt", content = "milk\nbread\n" }, Token);

        Assert.Equal("--- /dev/null\n+++ lists/food/today.txt\n@@ -0,0 +1,2 @@\n+milk\n+bread", answer);
        Assert.Equal("milk\nbread\n", await File.ReadAllTextAsync(_folder["lists/food/today.txt"], Token));
        Assert.Equal([_folder["lists/food/today.txt"]], Directory.GetFiles(_folder["lists/food"]));
    }

    [Fact]
    public async Task What_was_there_is_replaced_and_the_difference_told()
    {
        _folder.Write("list.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten");

        var answer = await _tool.CallAsync(new { path = "list.txt", content = "one\n2\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n" }, Token);

        Assert.Equal(
            """
            --- list.txt
            +++ list.txt
            @@ -1,5 +1,5 @@
             one
            -two
            +2
             three
             four
             five
            @@ -7,4 +7,4 @@
             seven
             eight
             nine
            -ten
            \ No newline at end of file
            +ten
            """.ReplaceLineEndings("\n"),
            answer);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_permissions_of_the_file_and_its_encoding_stay()
    {
        _folder.Write("script", "#!/bin/sh\n", Encoding.Unicode);
        File.SetUnixFileMode(_folder["script"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await _tool.CallAsync(new { path = "script", content = "ö\n" }, Token);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["script"]));
        Assert.Equal([0xFF, 0xFE, 0xF6, 0, (byte)'\n', 0], await File.ReadAllBytesAsync(_folder["script"], Token));
    }

    [Fact]
    public async Task A_hard_link_to_another_file_is_left_as_it_was()
    {
        var outside = Path.Combine(_folder.Outside, "other.txt");
        await File.WriteAllTextAsync(outside, "theirs", Token);
        using (var process = System.Diagnostics.Process.Start("ln", [outside, _folder["mine.txt"]]))
        {
            await process.WaitForExitAsync(Token);
        }

        await _tool.CallAsync(new { path = "mine.txt", content = "mine" }, Token);

        Assert.Equal(("theirs", "mine"), (await File.ReadAllTextAsync(outside, Token), await File.ReadAllTextAsync(_folder["mine.txt"], Token)));
    }

    [Fact]
    public async Task The_same_text_changes_nothing()
    {
        _folder.Write("list.txt", "milk");
        var before = File.GetLastWriteTimeUtc(_folder["list.txt"]);

        Assert.Equal("'list.txt' says that already: nothing was changed.", await _tool.CallAsync(new { path = "list.txt", content = "milk" }, Token));
        Assert.Equal(before, File.GetLastWriteTimeUtc(_folder["list.txt"]));
    }

    [Fact]
    public async Task What_git_keeps_binary_files_pipes_and_read_only_files_are_not_written()
    {
        _folder.Write("photo.png", "a\0b");
        _folder.Write("fixed.txt", "x");
        File.SetAttributes(_folder["fixed.txt"], FileAttributes.ReadOnly);
        await _folder.PipeAsync("pipe");

        Assert.Equal("'.git/hooks/pre-commit' belongs to git, which alone changes it: leave it alone.", await RefuseAsync(".git/hooks/pre-commit"));
        Assert.Equal("'a/.GIT' belongs to git, which alone changes it: leave it alone.", await RefuseAsync("a/.GIT"));
        Assert.Equal("'.g\\u{200C}it/config' belongs to git, which alone changes it: leave it alone.", await RefuseAsync(".g\u200Cit/config"));
        Assert.Equal("'photo.png' is binary (3 B): only text is changed.", await RefuseAsync("photo.png"));
        Assert.Equal("'fixed.txt' is read-only: leave it as it is, or ask the user to allow writing to it.", await RefuseAsync("fixed.txt"));
        Assert.Equal("'pipe' is no ordinary file but a device, pipe or socket: leave it alone.", await RefuseAsync("pipe"));
        Assert.Equal("'.' is a folder: use list_files.", await RefuseAsync("."));
        Assert.Equal("The folder 'fixed.txt' cannot be made.", await RefuseAsync("fixed.txt/a/b"));
        Assert.Equal(["fixed.txt", "photo.png", "pipe"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_link_is_written_through_only_where_it_stays_inside()
    {
        _folder.Link("inside", "real.txt");
        _folder.Link("outside", Path.Combine(_folder.Outside, "new.txt"));

        await _tool.CallAsync(new { path = "inside", content = "x" }, Token);
        var refusal = await RefuseAsync("outside");

        Assert.Equal("x", await File.ReadAllTextAsync(_folder["real.txt"], Token));
        Assert.Equal("real.txt", new FileInfo(_folder["inside"]).LinkTarget);
        Assert.Equal("'outside' is not within a folder that the user granted: use a path relative to the granted folder.", refusal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Outside));
    }

    [Fact]
    public void It_changes_only_what_is_granted_and_says_so()
    {
        var arguments = JsonSerializer.SerializeToElement(new { path = "a.txt", content = "x" });

        Assert.Equal((ToolRisk.ChangesLocal, true, "the file a.txt"), (_tool.Risk, _tool.StaysWithinGrants, _tool.OriginOf(arguments)));
        Assert.Equal([_folder["a.txt"]], _tool.ReachOf(arguments).Paths);
    }

    private Task<string> RefuseAsync(string path) => _tool.RefuseAsync(new { path, content = "new" }, Token);
}
