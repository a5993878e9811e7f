using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using PersonalAi.Tools.BuiltIn.Files;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class GrantedRootsTests : IDisposable
{
    private readonly GrantedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("notes.txt", "notes.txt")]
    [InlineData("./a/../notes.txt", "notes.txt")]
    [InlineData("a//b/", "a/b")]
    [InlineData(".", ".")]
    [InlineData("new/folder/file", "new/folder/file")]
    public void A_relative_path_is_relative_to_the_first_root(string path, string shown) =>
        Assert.Equal((shown, Path.GetFullPath(shown, _folder.Root)), Resolved(_folder.Roots, path));

    [Theory]
    [InlineData("..")]
    [InlineData("../outside/secret.txt")]
    [InlineData("a/../../outside/secret.txt")]
    [InlineData("../granted-too/file")]
    [InlineData("/etc/passwd")]
    [InlineData("/")]
    public void Nothing_outside_the_roots_is_reached(string path) => Assert.Equal(
        $"'{path}' is not within a folder that the user granted: use a path relative to the granted folder.", Refused(_folder.Roots, path));

    [Fact]
    public void Symbolic_links_that_lead_out_are_refused_wherever_they_stand()
    {
        _folder.Link("folder", _folder.Outside);
        _folder.Link("end", Path.Combine(_folder.Outside, "secret.txt"));
        _folder.Link("relative", "../outside/secret.txt");
        _folder.Link("dangling", "/nowhere/at/all");
        _folder.Link("chain", "folder/deeper");
        _folder.Link("root", "/proc/self/root");
        _folder.Link("working", "/proc/self/cwd");

        var refusals = new[] { "folder/secret.txt", "end", "relative", "dangling", "chain/x", "root/etc/passwd", "working/x" }.Select(path => (path, Refused(_folder.Roots, path)));

        Assert.All(refusals, refusal => Assert.Equal($"'{refusal.path}' is not within a folder that the user granted: use a path relative to the granted folder.", refusal.Item2));
    }

    [Fact]
    public void Symbolic_links_that_stay_inside_are_followed_to_what_they_mean()
    {
        _folder.Write("real/notes.txt", "");
        _folder.Link("link", "real");
        _folder.Link("new", "real/not there yet");

        Assert.Equal(("real/notes.txt", _folder["real/notes.txt"]), Resolved(_folder.Roots, "link/notes.txt"));
        Assert.Equal(("real/not there yet", _folder["real/not there yet"]), Resolved(_folder.Roots, "new"));
    }

    [Fact]
    public void A_ring_of_links_is_refused()
    {
        _folder.Link("a", "b");
        _folder.Link("b", "a");

        Assert.Equal("The path 'a/x' leads nowhere: There are too many symbolic links on the way.", Refused(_folder.Roots, "a/x"));
    }

    [Fact]
    public void A_root_may_be_a_link_itself()
    {
        _folder.Write("notes.txt", "");
        var link = Path.Combine(_folder.Outside, "link");
        File.CreateSymbolicLink(link, _folder.Root);

        Assert.Equal(("notes.txt", _folder["notes.txt"]), Resolved(new GrantedRoots([link]), "notes.txt"));
        Assert.Equal(("notes.txt", _folder["notes.txt"]), Resolved(new GrantedRoots([link]), _folder["notes.txt"]));
    }

    [Fact]
    public void Files_of_another_root_are_shown_with_their_absolute_path()
    {
        var roots = new GrantedRoots([_folder.Root, _folder.Outside]);
        var file = Path.Combine(_folder.Outside, "file");

        Assert.Equal((file, file), Resolved(roots, file));
        Assert.Equal((file, file), Resolved(roots, "../outside/file"));
    }

    [Fact]
    public void What_is_excluded_is_not_reached_by_any_name()
    {
        _folder.Write("pai/pai.db", "");
        _folder.Link("friend", "pai");
        var roots = _folder.Roots with { Excluded = [_folder["pai"]] };

        Assert.All(["pai", "pai/pai.db", "PAI/pai.db", "friend/pai.db", "pai/new"], path => Assert.Equal(
            $"'{path}' is not within a folder that the user granted: use a path relative to the granted folder.", Refused(roots, path)));
        Assert.Equal("paint", Resolved(roots, "paint").Shown);
    }

    [Fact]
    public void The_folders_of_the_kernel_are_not_reached_even_where_everything_is_granted()
    {
        var roots = new GrantedRoots(["/"]);

        Assert.All(["proc/kmsg", "/sys/kernel", "/dev/zero"], path => Assert.Equal(
            $"'{path}' is not within a folder that the user granted: use a path relative to the granted folder.", Refused(roots, path)));
        Assert.Equal("etc/hostname", Resolved(roots, "/etc/hostname").Shown);
    }

    [Fact]
    public void Where_no_folder_is_granted_and_where_it_is_missing_the_model_is_told()
    {
        Assert.Equal("No folder is granted to the file tools: tell the user to grant one.", Refused(new GrantedRoots([]), "a"));
        Assert.Equal(
            "The granted folder does not exist: tell the user to create it or to grant another one.",
            Refused(new GrantedRoots([Path.Combine(_folder.Root, "missing")]), "a"));
    }

    [Theory]
    [InlineData("a\0b", "a\\u{0000}b")]
    [InlineData("~/notes", "~/notes")]
    public void What_is_no_path_is_refused(string path, string shown) =>
        Assert.Equal($"The path '{shown}' is no path here: give one relative to the granted folder.", Refused(_folder.Roots, path));

    [Fact]
    public void Names_are_shown_with_every_character_visible()
    {
        var name = "photo\u202Egpj.exe\u200B\u001B[2J\n";

        Assert.Equal("photo\\u{202E}gpj.exe\\u{200B}\\u{001B}[2J\\u{000A}", Resolved(_folder.Roots, name).Shown);
    }

    [Fact]
    public void Rules_are_told_the_real_path_even_of_what_is_not_granted()
    {
        _folder.Link("folder", _folder.Outside);

        Assert.Equal(Path.Combine(_folder.Outside, "secret.txt"), _folder.Roots.AbsolutePath("folder/secret.txt"));
        Assert.Equal("/etc/passwd", _folder.Roots.AbsolutePath("/etc/../etc/passwd"));
        Assert.Equal("a\0b", _folder.Roots.AbsolutePath("a\0b"));
    }

    [Theory]
    [InlineData("notes/list.txt", true)]
    [InlineData("notes.txt:hidden", false)]
    [InlineData("a/NUL", false)]
    [InlineData("com1.txt", false)]
    [InlineData("PROGRA~1/x", false)]
    [InlineData(".git./config", false)]
    [InlineData("console/x", true)]
    [InlineData("x ", false)]
    public void On_Windows_names_that_mean_something_else_are_refused(string path, bool isOrdinary) => Assert.Equal(isOrdinary, WindowsNames.AreOrdinary(path));

    [Fact]
    public void Keys_and_passwords_of_programs_are_known() =>
        Assert.Subset(GrantedRoots.SecretsIn("/home/u").ToHashSet(), new HashSet<string> { "/home/u/.ssh", "/home/u/.gnupg", "/home/u/.aws", "/home/u/.mozilla" });

    private static (string Shown, string Real) Resolved(GrantedRoots roots, string path)
    {
        var found = new GrantedArea(roots).Resolve(path);
        return (found.Shown, found.Real);
    }

    private static string Refused(GrantedRoots roots, string path) => Assert.Throws<ToolException>(() => new GrantedArea(roots).Resolve(path)).Message;
}
