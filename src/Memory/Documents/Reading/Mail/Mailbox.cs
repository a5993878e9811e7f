using System.Text;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Splits mbox files (RFC 4155 and its relatives) into mails, of whatever size the file is.</summary>
internal static partial class Mailbox
{
    private const int LongestSeparator = 1000;
    private const int BlockSize = 1 << 16;

    /// <summary>Whether the bytes begin as mbox files do.</summary>
    public static bool IsMailbox(ReadOnlySpan<byte> bytes)
    {
        var length = bytes[..Math.Min(bytes.Length, LongestSeparator)].IndexOfAny((byte)'\r', (byte)'\n');
        return length > 0 && IsSeparator(bytes[..length]);
    }

    /// <summary>The mails, one after another, their quoted 'From ' lines restored.</summary>
    /// <param name="stream">The file; it is read to its end.</param>
    /// <param name="mostBytes">How much of one mail is kept; the rest of a longer one is passed over.</param>
    public static IEnumerable<byte[]> Split(Stream stream, int mostBytes = 64 << 20)
    {
        using var mail = new MemoryStream();
        var hasBegun = false;
        var isAfterBlank = true;
        foreach ((var line, var isWhole) in Lines(stream))
        {
            if (isAfterBlank && isWhole && IsSeparator(line.Span))
            {
                if (hasBegun)
                {
                    yield return mail.ToArray();
                }

                mail.SetLength(0);
                hasBegun = true;
            }
            else if (hasBegun && mail.Length + line.Length <= mostBytes)
            {
                mail.Write(Unquoted(line.Span));
            }

            isAfterBlank = isWhole && line.Span.Trim("\r\n"u8).IsEmpty;
        }

        if (hasBegun)
        {
            yield return mail.ToArray();
        }
    }

    // Lines with their ends; what is longer than a block comes in several parts, of which none is whole.
    private static IEnumerable<(ReadOnlyMemory<byte> Line, bool IsWhole)> Lines(Stream stream)
    {
        var block = new byte[BlockSize];
        var filled = 0;
        var isContinued = false;
        while (stream.Read(block, filled, block.Length - filled) is > 0 and var read)
        {
            filled += read;
            var start = 0;
            while (block.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                yield return (block.AsMemory(start, length + 1), !isContinued);
                isContinued = false;
                start += length + 1;
            }

            if (start == 0 && filled == block.Length)
            {
                yield return (block, false);
                isContinued = true;
                start = filled;
            }

            block.AsSpan(start, filled - start).CopyTo(block);
            filled -= start;
        }

        if (filled > 0)
        {
            yield return (block.AsMemory(0, filled), !isContinued);
        }
    }

    private static bool IsSeparator(ReadOnlySpan<byte> line) =>
        line.Length <= LongestSeparator && line.StartsWith("From "u8) && Separator().IsMatch(Encoding.Latin1.GetString(line));

    // '>From ' in a body was 'From ', '>>From ' was '>From '.
    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> line) =>
        line.StartsWith((byte)'>') && line.TrimStart((byte)'>').StartsWith("From "u8) ? line[1..] : line;

    [GeneratedRegex(@"^From \S.*[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\b.*[0-9]{4}|^From \S+\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Separator();
}
