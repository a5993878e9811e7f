using System.Text;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Turns bytes into text by the name of a character set, as mails and address books give it.</summary>
internal static class Charsets
{
    /// <summary>The text; where the name is missing, unknown or contradicted by the bytes, the encoding is found out.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset) =>
        Find(charset) is { } encoding ? TextDecoder.Clean(encoding.GetString(bytes)) : TextDecoder.DecodeLeniently(bytes);

    // UTF-8 and US-ASCII are found out as well: mails lie about both. UTF-7 is refused by .NET, being a way to smuggle markup.
    private static Encoding? Find(string? charset)
    {
        var name = charset?.Trim().Trim('"', '\'').ToLowerInvariant();
        if (name is null or "" or "utf-8" or "utf8" or "us-ascii" or "ascii" or "unknown-8bit")
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
