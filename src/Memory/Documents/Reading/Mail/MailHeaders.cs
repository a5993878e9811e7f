using System.Text;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>The headers of a mail or of one of its parts (RFC 5322), unfolded.</summary>
internal sealed class MailHeaders
{
    private const int MostHeaders = 2000;

    private readonly List<(string Name, string Value)> _fields = [];

    private MailHeaders()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => _fields.Count;

    /// <summary>The value of the first header of this name, unfolded but not decoded.</summary>
    public string? Raw(string name)
    {
        var found = _fields.FindIndex(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : _fields[found].Value;
    }

    /// <summary>The value as people read it: encoded words undone; null for none or an empty one.</summary>
    public string? Text(string name) => Raw(name) is { Length: > 0 } value ? EncodedWords.Decode(value) : null;

    /// <summary>Reads the headers at the beginning of an entity.</summary>
    /// <param name="entity">The entity; afterwards what follows its headers.</param>
    public static MailHeaders Take(ref ReadOnlyMemory<byte> entity)
    {
        var headers = new MailHeaders();
        while (!entity.IsEmpty)
        {
            var rest = entity;
            var line = ByteLines.Next(ref rest);
            if (line.IsEmpty)
            {
                entity = rest;
                break;
            }

            if (!headers.Add(line.Span))
            {
                // A body without the blank line before it.
                break;
            }

            entity = rest;
        }

        return headers;
    }

    private bool Add(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)' ' or (byte)'\t' && _fields.Count > 0)
        {
            (var name, var value) = _fields[^1];
            _fields[^1] = (name, value.Length > 100_000 ? value : $"{value} {Decode(line)}");
            return true;
        }

        var colon = line.IndexOf((byte)':');
        if (line.StartsWith("From "u8) || line.StartsWith(">From "u8))
        {
            return true;
        }

        if (colon <= 0 || line[..colon].TrimEnd(" \t"u8).ContainsAnyExceptInRange((byte)33, (byte)126))
        {
            return false;
        }

        if (_fields.Count < MostHeaders)
        {
            _fields.Add((Encoding.ASCII.GetString(line[..colon].TrimEnd(" \t"u8)), Decode(line[(colon + 1)..])));
        }

        return true;
    }

    private static string Decode(ReadOnlySpan<byte> value) => TextDecoder.DecodeLeniently(value).Trim();
}
