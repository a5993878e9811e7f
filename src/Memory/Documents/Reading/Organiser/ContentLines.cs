using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading.Organiser;

/// <summary>Reads the line layer that iCalendar and vCard share.</summary>
internal static class ContentLines
{
    private const int MostParameters = 100;

    /// <summary>The lines, unfolded; what has no name and colon is passed over.</summary>
    /// <exception cref="MemoryException">The file is binary.</exception>
    public static IEnumerable<ContentLine> Read(string name, ReadOnlyMemory<byte> bytes)
    {
        var lines = TextLines.Split(TextDecoder.Decode(name, Unfold(bytes.Span)));
        for (var index = 0; index < lines.Length; index++)
        {
            if (Parse(lines[index].Text) is not { } line)
            {
                continue;
            }

            while (line.IsQuotedPrintable && line.RawValue.EndsWith('=') && index + 1 < lines.Length)
            {
                line = line with { RawValue = $"{line.RawValue[..^1]}{lines[++index].Text.TrimStart()}" };
            }

            yield return line;
        }
    }

    // On bytes, because a fold may stand within a character. UTF-16 has none that this would find.
    private static byte[] Unfold(ReadOnlySpan<byte> bytes)
    {
        var unfolded = new byte[bytes.Length];
        var length = 0;
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0 || end + 1 >= bytes.Length || bytes[end + 1] is not ((byte)' ' or (byte)'\t'))
            {
                var whole = end < 0 ? bytes.Length : end + 1;
                bytes[..whole].CopyTo(unfolded.AsSpan(length));
                length += whole;
                bytes = bytes[whole..];
                continue;
            }

            var line = bytes[..end].TrimEnd((byte)'\r');
            line.CopyTo(unfolded.AsSpan(length));
            length += line.Length;
            bytes = bytes[(end + 2)..];
        }

        return unfolded[..length];
    }

    private static ContentLine? Parse(string line)
    {
        var nameEnd = line.AsSpan().IndexOfAny(';', ':');
        var name = nameEnd <= 0 ? "" : line[(line.LastIndexOf('.', nameEnd) + 1)..nameEnd].Trim().ToUpperInvariant();
        if (name.Length == 0 || !name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_'))
        {
            return null;
        }

        var parameters = ImmutableArray.CreateBuilder<(string, string)>();
        var index = nameEnd;
        while (line[index] == ';')
        {
            var end = ParameterEnd(line, index + 1);
            if (end == line.Length || parameters.Count == MostParameters)
            {
                return null;
            }

            parameters.Add(ParameterOf(line[(index + 1)..end]));
            index = end;
        }

        return new(name, parameters.ToImmutable(), line[(index + 1)..]);
    }

    private static int ParameterEnd(string line, int index)
    {
        var isQuoted = false;
        while (index < line.Length && (isQuoted || line[index] is not (';' or ':')))
        {
            isQuoted ^= line[index++] == '"';
        }

        return index;
    }

    // RFC 6868 escapes what a parameter cannot hold with a circumflex.
    private static (string Name, string Value) ParameterOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var value = text[(equals + 1)..].Replace("\"", "", StringComparison.Ordinal)
            .Replace("^n", "\n", StringComparison.Ordinal).Replace("^'", "\"", StringComparison.Ordinal).Replace("^^", "^", StringComparison.Ordinal);
        return (equals < 0 ? "TYPE" : text[..equals].Trim().ToUpperInvariant(), value);
    }
}
