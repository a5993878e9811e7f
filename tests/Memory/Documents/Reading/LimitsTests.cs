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
    public async Task One_line_of_many_megabytes_is_cut_into_chunks()
    {
        var text = new string('x', 16 << 20);

        var document = await Reading.OfAsync("a.txt", text);
        var chunks = Chunker.Cut(document, new());

        Assert.Equal(text.Length, chunks.Sum(chunk => chunk.Text.Length));
        Assert.All(chunks, chunk => Assert.Equal((1, 1), (chunk.First, chunk.Last)));
    }

    [Fact]
    public async Task A_gap_of_megabytes_within_a_line_fills_no_chunk()
    {
        var document = await Reading.OfAsync("a.txt", $"first{new string(' ', 8 << 20)}second");

        Assert.Equal(["first", "second"], Chunker.Cut(document, new()).SelectMany(chunk => chunk.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.All(Chunker.Cut(document, new()), chunk => Assert.InRange(chunk.Text.Length, 1, 4000));
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
