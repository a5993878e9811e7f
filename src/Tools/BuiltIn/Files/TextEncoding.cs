using System.Text;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Finds out in which encoding a file is written.</summary>
internal static class TextEncoding
{
    /// <summary>How much of the beginning of a file is enough to tell, in bytes.</summary>
    public const int SampleLength = 1 << 16;

    private const double MostOddBytes = 0.1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UTF8Encoding MarkedUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>UTF-8 or UTF-16 by the byte-order mark, else UTF-8, else Latin-1; null where it is no text.</summary>
    public static Encoding? Of(ReadOnlySpan<byte> sample)
    {
        Encoding? marked = sample switch
        {
            [0xEF, 0xBB, 0xBF, ..] => MarkedUtf8,
            [0xFF, 0xFE, 0, 0, ..] => null,
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => null,
        };
        return marked ?? (IsBinary(sample) ? null : IsUtf8(sample) ? Utf8 : Encoding.Latin1);
    }

    /// <summary>The same encoding with U+FFFD for what is damaged.</summary>
    public static Encoding Lenient(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);

    private static bool IsBinary(ReadOnlySpan<byte> sample)
    {
        var odd = 0;
        foreach (var value in sample)
        {
            if (value == 0)
            {
                return true;
            }

            odd += value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B) ? 1 : 0;
        }

        return odd > sample.Length * MostOddBytes;
    }

    // The sample may end within a character.
    private static bool IsUtf8(ReadOnlySpan<byte> sample)
    {
        try
        {
            Utf8.GetDecoder().GetCharCount(sample, flush: sample.Length < SampleLength);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
