namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Undoes base64 as mail carries it: other characters are passed over, and a cut end gives what it holds.</summary>
internal static class LenientBase64
{
    public static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[(encoded.Length / 4 * 3) + 3];
        var length = 0;
        (var bits, var count) = (0, 0);
        foreach (var sign in encoded)
        {
            var value = Value(sign);
            if (value < 0)
            {
                continue;
            }

            bits = ((bits << 6) | value) & 0xFFFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                decoded[length++] = (byte)(bits >> count);
            }
        }

        return decoded[..length];
    }

    private static int Value(byte sign) => sign switch
    {
        >= (byte)'A' and <= (byte)'Z' => sign - 'A',
        >= (byte)'a' and <= (byte)'z' => sign - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => sign - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
