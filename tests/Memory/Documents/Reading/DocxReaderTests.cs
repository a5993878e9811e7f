using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

public sealed class DocxReaderTests
{
    [Fact]
    public async Task Paragraphs_headings_tables_and_properties_are_read()
    {
        var letter = await Reading.OfAsync("letter.docx", Docx(
            Paragraph("Our trip", "berschrift1"),
            Paragraph("To Rome."),
            new Paragraph(new Run(new Text("kept")), new DeletedRun(new Run(new DeletedText("deleted"))), new Run(new TabChar(), new Text("too"))),
            new Table(Row("day", "place"), Row("1", "Rome")),
            Paragraph("End.")));

        Assert.Equal(("Trips", "Ada", new DateTimeOffset(2024, 3, 5, 0, 0, 0, TimeSpan.Zero)), (letter.Title, letter.Author, letter.Date));
        Assert.Equal("1: Our trip\n2: To Rome.\n3: kept\ttoo\n4: day | place\n5: 1 | Rome\n6: End.", Reading.Text(letter));
        Assert.Equal([new(0, 1, "Our trip")], letter.Sections);
        Assert.Equal([new(BlockKind.Table, 6, 2, 1)], letter.Blocks);
        Assert.Equal("letter.docx paragraphs 1-6", letter.Cite(Assert.Single(Chunker.Cut(letter, new()))));
    }

    [Fact]
    public async Task What_unpacks_to_too_much_is_refused()
    {
        var bomb = Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", new string(' ', 5_000_000)));

        Assert.Equal("Could not read 'bomb.docx': it unpacks to more than 1,000,000 bytes.", await Reading.RefusalAsync("bomb.docx", bomb, new() { MaxUnpackedBytes = 1_000_000 }));
    }

    [Fact]
    public async Task What_has_too_many_parts_is_refused()
    {
        var many = Zip([.. Enumerable.Range(0, 10_001).Select(part => ($"word/{part}.xml", ""))]);

        Assert.Equal("Could not read 'many.docx': it has 10,001 parts, and at most 10,000 are read.", await Reading.RefusalAsync("many.docx", many));
    }

    [Fact]
    public async Task What_is_no_Word_document_is_refused()
    {
        const string reason = "Could not read 'a.docx': it is damaged or no Word document (an old .doc must be saved as .docx).";
        var cut = Docx(Paragraph("words"));

        Assert.Equal(reason, await Reading.RefusalAsync("a.docx", [0xD0, 0xCF, 0x11, 0xE0]));
        Assert.Equal(reason, await Reading.RefusalAsync("a.docx", cut[..(cut.Length / 2)]));
        Assert.Equal("Could not read 'a.docx': it is no Word document.", await Reading.RefusalAsync("a.docx", Zip(("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""))));
    }

    [Fact]
    public async Task Tables_in_tables_a_thousand_deep_are_read()
    {
        OpenXmlElement inner = Paragraph("deep");
        for (var depth = 0; depth < 1000; depth++)
        {
            inner = new Table(new TableRow(new TableCell(inner)));
        }

        Assert.Equal("1: deep", Reading.Text(await Reading.OfAsync("deep.docx", Docx(inner))));
    }

    private static byte[] Docx(params OpenXmlElement[] body)
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = "Trips";
            package.PackageProperties.Creator = "Ada";
            package.PackageProperties.Created = new DateTime(2024, 3, 5, 0, 0, 0, DateTimeKind.Utc);
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
                new Style(new StyleName { Val = "heading 1" }) { Type = StyleValues.Paragraph, StyleId = "berschrift1" });
            main.Document = new Document(new Body(body));
        }

        return stream.ToArray();
    }

    private static Paragraph Paragraph(string text, string? style = null) =>
        style is null ? new(new Run(new Text(text))) : new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new Text(text)));

    private static TableRow Row(params string[] cells) => new(cells.Select(cell => new TableCell(Paragraph(cell))));

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((var name, var text) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }
}
