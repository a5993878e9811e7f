namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Reads bytes line by line.</summary>
internal static class ByteLines
{
    /// <summary>The next line without its end, which is a line feed, a carriage return, or both.</summary>
    /// <param name="rest">The bytes; afterwards what follows the line.</param>
    public static ReadOnlyMemory<byte> Next(ref ReadOnlyMemory<byte> rest)
    {
        var length = rest.Span.IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0)
        {
            var all = rest;
            rest = default;
            return all;
        }

        var line = rest[..length];
        rest = rest[(length + (rest.Span[length..].StartsWith("\r\n"u8) ? 2 : 1))..];
        return line;
    }
}
