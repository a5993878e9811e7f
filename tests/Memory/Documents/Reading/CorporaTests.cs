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
    [InlineData("corpora/mail", 54, 2)]
    [InlineData("corpora/pymail", 46, 2)]
    public void Mails_are_read(string folder, int read, int refused) =>
        Check(folder, read, refused, (name, bytes) => MailMessage.Read(name, bytes) is { Text.Length: > 0 } or { Subject: not null } or { Attachments.Length: > 0 } ? 1 : 0);

    [Fact]
    public void Calendars_are_read() => Check("corpora/ics", 57, 2, (name, bytes) => Calendar.Read(name, bytes).Length);

    [Fact]
    public void Address_books_are_read() => Check("corpora/vcf", 2, 0, (name, bytes) => Contacts.Read(name, bytes).Length);

    [Theory]
    [InlineData("corpora/mail", 54, 2)]
    [InlineData("corpora/ics", 57, 2)]
    [InlineData("corpora/pymail", 57, 2)]
    public void They_are_read_as_documents_and_lose_nothing(string folder, int read, int refused)
    {
        var readers = new DocumentReaders(new());

        Check(folder, read, refused, (name, bytes) =>
        {
            using var stream = new MemoryStream(bytes);
            var document = readers.ReadAsync(stream, name).GetAwaiter().GetResult();
            var chunks = Chunker.Cut(document, new());
            Lossless.Check(document, chunks);
            return chunks.Length;
        });
    }

    private void Check(string folder, int expectedRead, int expectedRefused, Func<string, byte[], int> read)
    {
        (var counted, var items, List<string> refusals) = (0, 0, []);
        foreach (var path in TestData.Files(folder))
        {
            var name = Path.GetFileName(path);
            try
            {
                var found = read(name, File.ReadAllBytes(path));
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
