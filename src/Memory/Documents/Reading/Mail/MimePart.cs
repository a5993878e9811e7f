using System.Collections.Immutable;
using System.Text;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>A mail or a part of one (RFC 2045, 2046): headers, and a body or further parts.</summary>
internal sealed class MimePart
{
    // Real mail stays below 10 and 100; beyond the limits a part is a body without further parts.
    private const int DeepestPart = 30;
    private const int MostParts = 1000;

    private readonly ReadOnlyMemory<byte> _content;

    private MimePart(MailHeaders headers, ReadOnlyMemory<byte> content, string impliedType, int depth)
    {
        Headers = headers;
        Type = new(headers.Raw("Content-Type") ?? impliedType);
        Disposition = new(headers.Raw("Content-Disposition"));
        _content = content;
        Parts = depth < DeepestPart ? ReadParts(depth) : [];
    }

    public MailHeaders Headers { get; }

    public HeaderParameters Type { get; }

    public HeaderParameters Disposition { get; }

    /// <summary>What a multipart consists of, or the one mail that a message/rfc822 holds.</summary>
    public ImmutableArray<MimePart> Parts { get; }

    /// <summary>The media type, 'text/plain' where none is valid.</summary>
    public string MediaType => Type.Value.Contains('/', StringComparison.Ordinal) ? Type.Value : "text/plain";

    /// <summary>The name of an attachment, without folders; null where it has none.</summary>
    public string? FileName => (Disposition["filename"] ?? Type["name"]) is { } name ? name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..].Trim() : null;

    /// <summary>Whether people save it rather than read it.</summary>
    public bool IsAttachment => Disposition.Value == "attachment"
        || !(MediaType.StartsWith("text/", StringComparison.Ordinal) || MediaType.StartsWith("message/", StringComparison.Ordinal) || !Parts.IsEmpty || IsMultipart);

    private bool IsMultipart => MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    public static MimePart Read(ReadOnlyMemory<byte> entity) => Read(entity, "text/plain", depth: 0);

    /// <summary>The body as text, its transfer encoding and character set undone.</summary>
    public string Text() => Charsets.Decode(Body().Span, Type["charset"]);

    private static MimePart Read(ReadOnlyMemory<byte> entity, string impliedType, int depth)
    {
        var headers = MailHeaders.Take(ref entity);
        return new(headers, entity, impliedType, depth);
    }

    private ReadOnlyMemory<byte> Body() => Headers.Raw("Content-Transfer-Encoding")?.Trim().ToLowerInvariant() switch
    {
        "quoted-printable" => QuotedPrintable.Decode(_content.Span),
        "base64" => LenientBase64.Decode(_content.Span),
        _ => _content,
    };

    private ImmutableArray<MimePart> ReadParts(int depth)
    {
        if (MediaType == "message/rfc822")
        {
            return [Read(Body(), "text/plain", depth + 1)];
        }

        if (!IsMultipart || Type["boundary"] is not { Length: > 0 } boundary)
        {
            return [];
        }

        var impliedType = MediaType == "multipart/digest" ? "message/rfc822" : "text/plain";
        return [.. Split(Encoding.UTF8.GetBytes($"--{boundary.TrimEnd()}")).Take(MostParts).Select(part => Read(part, impliedType, depth + 1))];
    }

    // What stands between the lines that begin with the delimiter; before the first and after the last is nothing to read.
    private IEnumerable<ReadOnlyMemory<byte>> Split(byte[] delimiter)
    {
        var rest = _content;
        var start = -1;
        while (!rest.IsEmpty)
        {
            var position = _content.Length - rest.Length;
            var line = ByteLines.Next(ref rest);
            if (!IsDelimiter(line.Span, delimiter, out var isLast))
            {
                continue;
            }

            if (start >= 0)
            {
                yield return _content[start..position];
            }

            start = _content.Length - rest.Length;
            if (isLast)
            {
                start = -1;
                break;
            }
        }

        if (start >= 0 && start < _content.Length)
        {
            yield return _content[start..];
        }
    }

    private static bool IsDelimiter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> delimiter, out bool isLast)
    {
        var after = line.StartsWith(delimiter) ? line[delimiter.Length..].TrimEnd(" \t"u8) : "none"u8;
        isLast = after.SequenceEqual("--"u8);
        return isLast || after.IsEmpty;
    }
}
