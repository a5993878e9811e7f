using System.Globalization;
using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class PdfReaderTests
{
    [Fact]
    public async Task Pages_are_read_and_cited()
    {
        SkipWithoutPoppler();

        var report = await Reading.OfAsync("report.pdf", Pdf("Money in March", "", "Money in May"));

        Assert.Equal(("application/pdf", "Money", "Ada", new DateTimeOffset(2024, 3, 5, 10, 0, 0, TimeSpan.Zero)), (report.MediaType, report.Title, report.Author, report.Date));
        Assert.Equal([("Money in March", "report.pdf p. 1"), ("Money in May", "report.pdf p. 3")], Chunker.Cut(report, new() { MinTokens = 1 }).Select(chunk => (chunk.Text.Trim(), report.Cite(chunk))));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_with_the_words_of_the_program()
    {
        SkipWithoutPoppler();

        Assert.Matches("^Could not read 'a.pdf': pdftotext could not read it \\(.+\\)\\.$", await Reading.RefusalAsync("a.pdf", "%PDF-1.4 and nothing else"u8.ToArray()));
    }

    [Fact]
    public async Task Pages_without_text_are_refused()
    {
        SkipWithoutPoppler();

        Assert.Equal(
            "Could not read 'scan.pdf': its pages have no text (scanned pages need optical character recognition first).",
            await Reading.RefusalAsync("scan.pdf", Pdf("", "")));
    }

    [Fact]
    public async Task Too_much_text_is_refused()
    {
        SkipWithoutPoppler();

        Assert.Equal("Could not read 'a.pdf': it holds more than 5 bytes of text.", await Reading.RefusalAsync("a.pdf", Pdf("Money in March"), new() { MaxUnpackedBytes = 5 }));
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_ended()
    {
        SkipWithoutPoppler();

        Assert.Equal("Could not read 'a.pdf': pdftotext did not end within 0 seconds.", await Reading.RefusalAsync("a.pdf", Pdf("Money"), new() { PdfTimeout = TimeSpan.Zero }));
    }

    [Fact]
    public async Task Where_the_program_is_absent_the_package_is_named()
    {
        using var empty = new ScratchFolder();

        var error = await Assert.ThrowsAsync<MemoryException>(() => Reading.OfAsync("a.pdf", Pdf("Money"), new() { PopplerFolder = empty.Path }));

        Assert.Equal(
            (MemoryError.ProgramMissing, "Could not read 'a.pdf': 'pdftotext' was not found; install poppler-utils (Debian, Ubuntu, Fedora) or poppler (Homebrew)."),
            (error.Error, error.Message));
    }

    [Fact]
    public async Task What_does_not_begin_as_a_PDF_is_refused() =>
        Assert.Equal("Could not read 'a.pdf': it does not begin as a PDF does.", await Reading.RefusalAsync("a.pdf", "<html>"u8.ToArray()));

    private static void SkipWithoutPoppler() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "pdftotext.exe" : "pdftotext"))),
        "pdftotext was not found; the package poppler-utils has it.");

    // The smallest file with one line of text on each page.
    private static byte[] Pdf(params string[] pages)
    {
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, page) => $"{5 + (2 * page)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Title (Money) /Author (Ada) /CreationDate (D:20240305100000Z) >>",
        ];
        foreach (var page in pages)
        {
            var content = $"BT /F1 12 Tf 72 700 Td ({page}) Tj ET";
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        var file = new StringBuilder("%PDF-1.4\n");
        List<int> offsets = [];
        foreach (var (index, body) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{body}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n").Append(string.Concat(offsets.Select(offset => $"{offset:D10} 00000 n \n")));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
