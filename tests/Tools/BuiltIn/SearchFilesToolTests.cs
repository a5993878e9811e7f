using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class SearchFilesToolTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly GrantedFolder _folder = new();
    private readonly Tool _tool;

    public SearchFilesToolTests() => _tool = SearchFilesTool.Create(_folder.Roots with { Excluded = [_folder["pai"]] }, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".git")]
    [InlineData(".git/config")]
    public async Task What_belongs_to_git_is_not_searched(string folder)
    {
        _folder.Write(".git/config", "milk");

        Assert.Equal($"'{folder}' belongs to git, which may keep passwords there: leave it alone.", await _tool.RefuseAsync(new { text = "milk", folder }, Token));
    }

    [Fact]
    public async Task Lines_are_found_with_file_and_number()
    {
        _folder.Write("a.txt", "Milk and bread\nnothing\nmore milk\r\n");
        _folder.Write("b/c.md", "no");
        _folder.Write("b/d.md", "MILK");
        _folder.Write(".git/config", "milk");
        _folder.Write("pai/pai.db", "milk");
        _folder.Write("photo.png", "milk\0");
        await File.WriteAllTextAsync(Path.Combine(_folder.Outside, "x"), "milk", Token);
        _folder.Link("away", _folder.Outside);
        _folder.Link("away.txt", Path.Combine(_folder.Outside, "x"));
        await _folder.PipeAsync("pipe");

        Assert.Equal("a.txt:1: Milk and bread\na.txt:3: more milk\nb/d.md:1: MILK", await _tool.CallAsync(new { text = "milk" }, Token));
        Assert.Equal("b/d.md:1: MILK", await _tool.CallAsync(new { text = "milk", glob = "*.md" }, Token));
        Assert.Equal("b/d.md:1: MILK", await _tool.CallAsync(new { text = "milk", folder = "b" }, Token));
        Assert.Equal("a.txt:3: more milk", await _tool.CallAsync(new { text = "milk", folder = "a.txt", regex = true }, Token));
        Assert.Equal("Nothing was found in 3 files; 1 that are no text or cannot be read were left out.", await _tool.CallAsync(new { text = "wine" }, Token));
    }

    [Fact]
    public async Task Regular_expressions_are_understood_and_cannot_run_away()
    {
        _folder.Write("a.txt", $"call 030 1234\n{new string('a', 3_900)}!\n");

        Assert.Equal("a.txt:1: call 030 1234", await _tool.CallAsync(new { text = @"\b0\d+ \d{4}\b", regex = true }, Token));
        Assert.Equal("Nothing was found in 1 file.", await _tool.CallAsync(new { text = "(a+)+$", regex = true }, Token));
        Assert.Equal(@"The regular expression '(a)\1' is too costly: leave out back-references, lookarounds and large repetitions.", await _tool.RefuseAsync(new { text = @"(a)\1", regex = true }, Token));
        Assert.Equal("'(a' is no regular expression: InsufficientClosingParentheses at character 2.", await _tool.RefuseAsync(new { text = "(a", regex = true }, Token));
        Assert.Equal("Give a text of 1 to 500 characters to search for.", await _tool.RefuseAsync(new { text = "" }, Token));
    }

    [Fact]
    public async Task Long_lines_are_cut_around_what_was_found()
    {
        _folder.Write("a.txt", $"{new string('x', 500)} milk {new string('y', 500)}");

        Assert.Equal($"a.txt:1: …{new string('x', 49)} milk {new string('y', 145)}…", await _tool.CallAsync(new { text = "milk" }, Token));
    }

    [Fact]
    public async Task Many_matches_are_cut_and_it_says_so()
    {
        _folder.Write("a.txt", string.Concat(Enumerable.Repeat("milk\n", 60)));

        var found = await _tool.CallAsync(new { text = "milk" }, Token);

        Assert.EndsWith("\na.txt:50: milk\n[There are more matches than these 50: give a narrower text, folder or glob.]", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_takes_too_long_ends_with_what_it_found()
    {
        _folder.Write("a.txt", "milk");
        _folder.Write("b.txt", "milk");
        var tool = SearchFilesTool.Create(_folder.Roots, new SlowTime());

        Assert.Equal("a.txt:1: milk\n[Stopped after 30 seconds: give a narrower folder or glob.]", await tool.CallAsync(new { text = "milk" }, Token));
    }

    [Fact]
    public async Task A_huge_file_is_streamed()
    {
        using (var file = new FileStream(_folder["huge.txt"], FileMode.Create))
        {
            file.Write(Enumerable.Repeat((byte)'x', 70_000).ToArray());
            file.SetLength(50_000_000);
            file.Position = file.Length;
            file.Write("\nmilk\n"u8);
        }

        Assert.Equal("huge.txt:2: milk", await _tool.CallAsync(new { text = "milk" }, Token));
    }

    // Twenty seconds pass whenever somebody looks.
    private sealed class SlowTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now += 20;
    }
}
