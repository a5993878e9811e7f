using System.Buffers;
using System.Text;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Finds out in which encoding a text was written, and refuses what is no text.</summary>
internal static class TextDecoder
{
    private const char Replacement = '\uFFFD';
    private const double MostOddBytes = 0.1;
    private const int Sample = 1 << 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly SearchValues<char> Unwanted = SearchValues.Create([
        '\0', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code),
    ]);

    /// <summary>The text of a file: by its byte-order mark, else UTF-8, else UTF-16 without a mark, else Windows-1252.</summary>
    /// <exception cref="MemoryException">It is binary.</exception>
    public static string Decode(string name, ReadOnlySpan<byte> bytes)
    {
        var text = Marked(bytes) ?? Unmarked(bytes);
        return text is null ? throw Unreadable.Because(name, "it is binary, not text") : Clean(text);
    }

    /// <summary>Bytes that are known to be text, whatever their encoding.</summary>
    public static string DecodeLeniently(ReadOnlySpan<byte> bytes) => Clean(Marked(bytes) ?? Utf8(bytes) ?? Windows1252.GetString(bytes));

    /// <summary>The text with U+FFFD for NUL and for halves of surrogate pairs, which storage and tokenizers refuse or cut at.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Unwanted))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        }

        return clean.ToString();
    }

    private static string? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFF, 0xFE, 0, 0, .. var rest] => Encoding.UTF32.GetString(rest),
        [0, 0, 0xFE, 0xFF, .. var rest] => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => null,
    };

    private static string? Unmarked(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, Sample)];
        if (Utf16(sample) is { } encoding)
        {
            return encoding.GetString(bytes);
        }

        return IsBinary(sample) ? null : Utf8(bytes) ?? Windows1252.GetString(bytes);
    }

    // Text in a Latin script has a zero in every second byte: in the odd ones when the low byte comes first.
    private static Encoding? Utf16(ReadOnlySpan<byte> sample)
    {
        Span<int> zeros = [0, 0];
        for (var index = 0; index < sample.Length; index++)
        {
            zeros[index & 1] += sample[index] == 0 ? 1 : 0;
        }

        var half = sample.Length / 2;
        return (zeros[0], zeros[1]) switch
        {
            var (even, odd) when odd > half * 0.4 && even < half * 0.05 => Encoding.Unicode,
            var (even, odd) when even > half * 0.4 && odd < half * 0.05 => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private static bool IsBinary(ReadOnlySpan<byte> sample)
    {
        var odd = 0;
        foreach (var value in sample)
        {
            odd += value switch
            {
                0 => 4,
                < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B) => 1,
                _ => 0,
            };
        }

        return odd > sample.Length * MostOddBytes;
    }

    // A few damaged characters do not make a text Windows-1252: where most of what is not ASCII is sound UTF-8, it is UTF-8.
    private static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            var text = Encoding.UTF8.GetString(bytes);
            var damaged = text.AsSpan().Count(Replacement);
            var foreign = text.Length - damaged - text.Count(char.IsAscii);
            return damaged * 2 < foreign ? text : null;
        }
    }
}
