using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads tables of comma-, semicolon-, tab- or bar-separated values: the source lines, with the header that names the columns.</summary>
internal sealed class CsvDocumentReader : IDocumentReader
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t", "|"],
        Mode = CsvMode.RFC4180,
        BadDataFound = null,
        HasHeaderRecord = false,
    };

    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default)
    {
        var lines = TextLines.Split(TextDecoder.Decode(file.Name, file.Content.Span));
        var mediaType = file.Extension is "tsv" or "tab" ? "text/tab-separated-values" : "text/csv";
        return Task.FromResult(new ReadDocument(file.Name, mediaType, lines)
        {
            Blocks = lines.IsEmpty ? [] : [new(BlockKind.Table, 0, lines.Length, HeaderLines(lines))],
        });
    }

    // The first row names the columns when every field of it has a name and none is a number. Only the beginning is parsed: that
    // is where delimiter and header show.
    private static int HeaderLines(ImmutableArray<SourceLine> lines)
    {
        const int sampleLines = 50, sampleLength = 1 << 16;
        var sample = string.Join('\n', lines.Take(sampleLines).Select(line => line.Text));
        using var source = new StringReader(sample[..Math.Min(sample.Length, sampleLength)]);
        using var parser = new CsvParser(source, Configuration);
        return parser.Read() && parser.Record is { } names && names.All(IsName) && parser.RawRow < lines.Length ? parser.RawRow : 0;
    }

    private static bool IsName(string field) =>
        !string.IsNullOrWhiteSpace(field) && !double.TryParse(field, NumberStyles.Any, CultureInfo.InvariantCulture, out _);
}
