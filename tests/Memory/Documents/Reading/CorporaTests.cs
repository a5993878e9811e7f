using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Memory.Documents.Reading.Mail;
using PersonalAi.Memory.Documents.Reading.Organiser;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

/// <summary>Files that other programs stumbled over: each gives something, or a reason that names it.</summary>
public sealed class CorporaTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("corpora/mail", 53, 2)]
    [InlineData("corpora/pymail", 46, 1)]
    public Task Mails_are_read(string folder, int read, int refused) =>
        CheckAsync(folder, read, refused, (name, bytes) => Task.FromResult(MailMessage.Read(name, bytes).Text is not null ? 1 : 0));

    [Theory]
    [InlineData("corpora/ics", 48, 13)]
    [InlineData("corpora/vcf", 2, 0)]
    public Task Calendars_and_address_books_are_read(string folder, int read, int refused) =>
        CheckAsync(folder, read, refused, (name, bytes) =>
            Task.FromResult(bytes.AsSpan().IndexOf("BEGIN:VCARD"u8) >= 0 ? Contacts.Read(name, bytes).Length : Calendar.Read(name, bytes).Length));

    [Theory]
    [InlineData("corpora/mail", 55, 0)]
    [InlineData("corpora/ics", 61, 0)]
    [InlineData("corpora/vcf", 2, 0)]
    [InlineData("corpora/pymail", 47, 0)]
    public async Task They_are_read_as_documents_and_lose_nothing(string folder, int read, int refused)
    {
        var readers = new DocumentReaders(new());

        await CheckAsync(folder, read, refused, async (name, bytes) =>
        {
            using var stream = new MemoryStream(bytes);
            var document = await readers.ReadAsync(stream, name);
            var chunks = Chunker.Cut(document, new());
            Lossless.Check(document, chunks);
            return chunks.Length;
        });
    }

    private async Task CheckAsync(string folder, int expectedRead, int expectedRefused, Func<string, byte[], Task<int>> read)
    {
        (var counted, var items, List<string> refusals) = (0, 0, []);
        foreach (var path in TestData.Files(folder))
        {
            var name = Path.GetFileName(path);
            try
            {
                var found = await read(name, await File.ReadAllBytesAsync(path));
                Assert.True(found > 0, $"Nothing came of '{name}'.");
                items += found;
                counted++;
            }
            catch (MemoryException error)
            {
                Assert.Equal(MemoryError.Invalid, error.Error);
                Assert.Matches($"^Could not read '{name}': .+\\.$", error.Message);
                refusals.Add(error.Message);
            }
        }

        output.WriteLine($"{folder}: {counted} files read, {items} items, {refusals.Count} refused\n{string.Join('\n', refusals)}");
        Assert.Equal((expectedRead, expectedRefused), (counted, refusals.Count));
    }
}
