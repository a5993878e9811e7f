using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads Word documents (.docx): paragraphs, headings and tables of the body; deleted text, comments and pictures are left out.</summary>
internal sealed class DocxReader(ReadingOptions options) : IDocumentReader
{
    private const int MostParts = 10_000;

    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default)
    {
        using var stream = new MemoryStream(file.Content.ToArray(), writable: false);
        try
        {
            RefuseBomb(file, stream, cancellationToken);
            stream.Position = 0;
            using var package = WordprocessingDocument.Open(stream, isEditable: false, new() { MaxCharactersInPart = options.MaxUnpackedBytes });
            var main = package.MainDocumentPart ?? throw Unreadable.Because(file.Name, "it is no Word document");
            var text = DocxText.Of(main, cancellationToken);
            return Task.FromResult(new ReadDocument(file.Name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", text.Lines, LineUnit.Paragraph)
            {
                Title = Given(package.PackageProperties.Title) ?? text.Sections.Select(section => section.Title).FirstOrDefault(),
                Author = Given(package.PackageProperties.Creator),
                Date = package.PackageProperties.Created is { } created ? new DateTimeOffset(DateTime.SpecifyKind(created, DateTimeKind.Utc)) : null,
                Sections = text.Sections,
                Blocks = text.Blocks,
            });
        }
        catch (Exception error) when (error is InvalidDataException or OpenXmlPackageException or XmlException or FileFormatException or FormatException
            or ArgumentException or InvalidOperationException or NotSupportedException or UriFormatException or IOException)
        {
            throw Unreadable.Because(file.Name, "it is damaged or no Word document (an old .doc must be saved as .docx)", error);
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // The sizes that a hostile archive states are not to be believed, so that every part is unpacked once, into nothing.
    private void RefuseBomb(SourceFile file, Stream stream, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > MostParts)
        {
            throw Unreadable.Because(file.Name, $"it has {archive.Entries.Count:N0} parts, and at most {MostParts:N0} are read");
        }

        var buffer = new byte[1 << 16];
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            while (part.Read(buffer) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                total += read;
                if (total > options.MaxUnpackedBytes)
                {
                    throw Unreadable.Because(file.Name, $"it unpacks to more than {Unreadable.Bytes(options.MaxUnpackedBytes)}");
                }
            }
        }
    }
}
