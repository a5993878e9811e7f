namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Undoes quoted-printable (RFC 2045, section 6.7); what is not valid stays as it is.</summary>
internal static class QuotedPrintable
{
    /// <summary>The bytes of a body.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[encoded.Length];
        var length = 0;
        for (var index = 0; index < encoded.Length; index++)
        {
            if (encoded[index] != '=')
            {
                decoded[length++] = encoded[index];
            }
            else if (SoftBreak(encoded[(index + 1)..]) is > 0 and var end)
            {
                index += end;
            }
            else if (index + 2 < encoded.Length && char.IsAsciiHexDigit((char)encoded[index + 1]) && char.IsAsciiHexDigit((char)encoded[index + 2]))
            {
                decoded[length++] = (byte)((Convert.FromHexString([(char)encoded[index + 1], (char)encoded[index + 2]]))[0]);
                index += 2;
            }
            else
            {
                decoded[length++] = encoded[index];
            }
        }

        return decoded[..length];
    }

    // How many bytes the end of line takes, with blanks that a mail server added before it.
    private static int SoftBreak(ReadOnlySpan<byte> rest)
    {
        var blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return blanks < 0 ? rest.Length : rest[blanks..] switch
        {
            [(byte)'\r', (byte)'\n', ..] => blanks + 2,
            [(byte)'\n' or (byte)'\r', ..] => blanks + 1,
            _ => 0,
        };
    }
}
