using System.Text;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Undoes the encoded words of mail headers (RFC 2047), such as '=?utf-8?Q?caf=C3=A9?='.</summary>
internal static partial class EncodedWords
{
    /// <summary>The header as people read it; an encoded word that is not valid stays as it is.</summary>
    public static string Decode(string header)
    {
        if (!header.Contains("=?", StringComparison.Ordinal))
        {
            return header;
        }

        var text = new StringBuilder();
        var pending = new List<byte>();
        string? charset = null;
        var end = 0;
        foreach (var word in Word().EnumerateMatches(header))
        {
            var parts = header.AsSpan(word.Index + 2, word.Length - 4);
            var between = header.AsSpan(end, word.Index - end);
            var wordCharset = parts[..parts.IndexOf('?')];
            // Blanks between two encoded words are only there to separate them, and a character may be cut between them.
            if (!between.IsWhiteSpace() || charset is null || !wordCharset.Equals(charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush(text, pending, charset);
                text.Append(charset is not null && between.IsWhiteSpace() ? "" : between);
            }

            charset = wordCharset.ToString();
            pending.AddRange(Bytes(parts[(charset.Length + 1)..]));
            end = word.Index + word.Length;
        }

        Flush(text, pending, charset);
        return TextDecoder.Clean(text.Append(header.AsSpan(end)).ToString());
    }

    private static void Flush(StringBuilder text, List<byte> pending, string? charset)
    {
        text.Append(Charsets.Decode(pending.ToArray(), charset?.Split('*')[0]));
        pending.Clear();
    }

    private static byte[] Bytes(ReadOnlySpan<char> encodingAndText)
    {
        var bytes = Encoding.Latin1.GetBytes(encodingAndText[2..].ToString().Replace('_', encodingAndText[0] is 'Q' or 'q' ? ' ' : '_'));
        return encodingAndText[0] is 'Q' or 'q' ? QuotedPrintable.Decode(bytes) : LenientBase64.Decode(bytes);
    }

    [GeneratedRegex(@"=\?[^?\s]{1,60}\?[QqBb]\?[^?]{0,2000}\?=", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
