using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class LimitsTests
{
    [Fact]
    public async Task A_file_that_is_too_large_is_refused_with_the_numbers() =>
        Assert.Equal("Could not read 'a.txt': it has 2,000 bytes, and at most 1,000 bytes are read.", await Reading.RefusalAsync("a.txt", new byte[2000], new() { MaxFileBytes = 1000 }));

    [Fact]
    public async Task One_line_of_sixty_megabytes_is_cut_into_chunks()
    {
        var text = new string('x', 60 << 20);

        var document = await Reading.OfAsync("a.txt", text);
        var chunks = Chunker.Cut(document, new());

        Assert.Equal(text.Length, chunks.Sum(chunk => chunk.Text.Length));
        Assert.All(chunks, chunk => Assert.Equal((1, 1), (chunk.First, chunk.Last)));
    }

    [Fact]
    public async Task A_line_of_a_hundred_megabytes_is_read_where_the_limit_allows_it()
    {
        var document = await Reading.OfAsync("a.txt", Encoding.ASCII.GetBytes(new string('x', 100 << 20)), new() { MaxFileBytes = 200 << 20 });

        Assert.Equal(100 << 20, Assert.Single(document.Lines).Text.Length);
    }

    [Fact]
    public async Task An_empty_file_has_no_chunks() => Assert.Empty(Chunker.Cut(await Reading.OfAsync("a.md", ""), new()));

    [Fact]
    public async Task Missing_files_and_folders_are_named()
    {
        using var folder = new ScratchFolder();
        var readers = new DocumentReaders(new());

        var missing = await Assert.ThrowsAsync<MemoryException>(() => readers.ReadAsync(folder["none.txt"], "none.txt"));
        var isFolder = await Assert.ThrowsAsync<MemoryException>(() => readers.ReadAsync(folder.Path, "folder"));

        Assert.Equal((MemoryError.NotFound, "Could not read 'none.txt': there is no such file."), (missing.Error, missing.Message));
        Assert.Equal((MemoryError.Invalid, "Could not read 'folder': it is a folder."), (isFolder.Error, isFolder.Message));
    }
}
