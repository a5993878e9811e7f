using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn.Files;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class HeldFolderTests : IDisposable
{
    private readonly GrantedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_became_a_link_after_it_was_looked_at_is_not_read()
    {
        _folder.Write("a/notes.txt", "inside");
        File.WriteAllText(Path.Combine(_folder.Outside, "notes.txt"), "outside");
        var found = new GrantedArea(_folder.Roots).Resolve("a/notes.txt");
        Swap("a");

        var refusal = Assert.Throws<ToolException>(() => HeldHandle.OfFile(found));

        Assert.Equal("'a/notes.txt' was changed into something else while it was opened: nothing was done.", refusal.Message);
    }

    [Fact]
    public async Task A_file_that_became_a_pipe_after_it_was_looked_at_does_not_hold_the_call()
    {
        var found = new GrantedArea(_folder.Roots).Resolve("notes.txt");
        await _folder.PipeAsync("notes.txt");

        var refusal = Assert.Throws<ToolException>(() => HeldHandle.OfFile(found));

        Assert.Equal("'notes.txt' is no ordinary file but a device, pipe or socket: leave it alone.", refusal.Message);
    }

    [Fact]
    public void A_folder_that_became_a_link_after_it_was_looked_at_is_not_written_to()
    {
        _folder.Write("a/notes.txt", "inside");
        var found = new GrantedArea(_folder.Roots).Resolve("a/notes.txt");
        Swap("a");

        var refusal = Assert.Throws<ToolException>(() => FileReplacement.Write(found, "x"u8.ToArray()));

        Assert.Equal("'a' was changed into something else while it was opened: nothing was done.", refusal.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Outside));
    }

    [Fact]
    public void What_is_done_in_a_held_folder_is_done_there_even_if_a_link_takes_its_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux reaches files through a folder that is held open.");
        _folder.Write("a/notes.txt", "inside");
        using var held = HeldFolder.Open(new GrantedArea(_folder.Roots).Resolve("a"));
        Swap("a");

        File.WriteAllText(held["new.txt"], "written");

        Assert.Equal("written", File.ReadAllText(_folder["a.moved/new.txt"]));
        Assert.Equal(["new.txt", "notes.txt"], held.Entries().Select(entry => entry.Name));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Outside));
    }

    private void Swap(string name)
    {
        Directory.Move(_folder[name], _folder[$"{name}.moved"]);
        _folder.Link(name, _folder.Outside);
    }
}
