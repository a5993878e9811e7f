using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads PDF files with poppler's pdftotext, page by page; scanned pages without text give none.</summary>
internal sealed class PdfReader(ReadingOptions options) : IDocumentReader
{
    private readonly ContainedProgram _programs = new(options);

    public async Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default)
    {
        if (!file.Content.Span.StartsWith("%PDF-"u8))
        {
            throw Unreadable.Because(file.Name, "it does not begin as a PDF does");
        }

        var text = TextDecoder.Clean(await _programs.RunAsync("pdftotext", ["-layout", "-enc", "UTF-8", "-q", "-", "-"], file, cancellationToken));
        var properties = await _programs.RunAsync("pdfinfo", ["-isodates", "-enc", "UTF-8", "-"], file, cancellationToken);
        var lines = ImmutableArray.CreateBuilder<SourceLine>();
        var pages = ImmutableArray.CreateBuilder<Section>();
        foreach (var (number, page) in text.Split('\f').Index())
        {
            pages.Add(new(lines.Count, 1, ""));
            lines.AddRange(TextLines.Split(page).Select(line => new SourceLine(number + 1, line.Text.TrimEnd())));
        }

        if (lines.All(line => line.Text.Length == 0))
        {
            throw Unreadable.Because(file.Name, "its pages have no text (scanned pages need optical character recognition first)");
        }

        return new(file.Name, "application/pdf", lines.ToImmutable(), LineUnit.Page)
        {
            Title = Property(properties, "Title"),
            Author = Property(properties, "Author"),
            Date = FrontMatter.DateOf(Property(properties, "CreationDate")),
            Sections = [.. pages.Where(page => page.Start < lines.Count)],
        };
    }

    private static string? Property(string properties, string name) =>
        TextLines.Split(TextDecoder.Clean(properties))
            .Where(line => line.Text.StartsWith($"{name}:", StringComparison.Ordinal))
            .Select(line => line.Text[(name.Length + 1)..].Trim())
            .FirstOrDefault(value => value.Length > 0);
}
