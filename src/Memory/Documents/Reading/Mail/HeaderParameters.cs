using System.Globalization;
using System.Text;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>A header such as Content-Type: a value with parameters (RFC 2045), also long and encoded ones (RFC 2231).</summary>
internal sealed class HeaderParameters
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="header">The unfolded header; null for none.</param>
    public HeaderParameters(string? header)
    {
        var parts = Split(header ?? "");
        Value = parts[0].Trim().ToLowerInvariant();
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                _parameters.TryAdd(part[..equals].Trim(), Unquote(part[(equals + 1)..].Trim()));
            }
        }
    }

    /// <summary>What stands before the first semicolon, in lower case.</summary>
    public string Value { get; }

    /// <summary>The value of a parameter, put together and decoded; null where it is missing.</summary>
    public string? this[string name]
    {
        get
        {
            if (_parameters.TryGetValue(name, out var plain))
            {
                return EncodedWords.Decode(plain);
            }

            if (_parameters.TryGetValue($"{name}*", out var encoded))
            {
                return DecodeExtended(encoded);
            }

            var text = new StringBuilder();
            var isEncoded = false;
            for (var section = 0; ; section++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{name}*{section}");
                if (_parameters.TryGetValue($"{key}*", out var part))
                {
                    isEncoded = true;
                }
                else if (!_parameters.TryGetValue(key, out part))
                {
                    break;
                }

                text.Append(part);
            }

            return text.Length == 0 ? null : isEncoded ? DecodeExtended(text.ToString()) : text.ToString();
        }
    }

    // charset'language'percent-encoded text
    private static string DecodeExtended(string encoded)
    {
        var parts = encoded.Split('\'', 3);
        (var charset, var text) = parts.Length == 3 ? (parts[0], parts[2]) : (null, encoded);
        return Charsets.Decode(QuotedPrintable.Decode(Encoding.Latin1.GetBytes(text.Replace('%', '='))), charset);
    }

    private static List<string> Split(string header)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < header.Length; index++)
        {
            var sign = header[index];
            if (sign == '\\' && isQuoted && index + 1 < header.Length)
            {
                part.Append(sign).Append(header[++index]);
            }
            else if (sign == ';' && !isQuoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                isQuoted ^= sign == '"';
                part.Append(sign);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static string Unquote(string value)
    {
        if (value is not ['"', .. var inner])
        {
            return value;
        }

        var text = new StringBuilder();
        for (var index = 0; index < inner.Length && inner[index] != '"'; index++)
        {
            index += inner[index] == '\\' && index + 1 < inner.Length ? 1 : 0;
            text.Append(inner[index]);
        }

        return text.ToString();
    }
}
