using System.Text;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>A text file in memory, to be changed and written back as it was written.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Encoding">How it is written, byte-order mark included.</param>
internal sealed record WholeText(string Text, Encoding Encoding)
{
    /// <summary>The largest file that is changed, in bytes.</summary>
    public const int Largest = 4_000_000;

    /// <summary>A file that is not there yet.</summary>
    public static readonly WholeText None = new("", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    /// <summary>The bytes of another text in the same encoding; in UTF-8 where it has signs that the old one cannot write.</summary>
    public byte[] BytesOf(string text)
    {
        var encoding = Encoding.Equals(Encoding.Latin1) && text.Any(sign => sign > 0xFF) ? None.Encoding : Encoding;
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="ToolException">It is no ordinary file, not writable, no text, damaged, or too large.</exception>
    public static WholeText? Read(GrantedPath path)
    {
        if (!File.Exists(path.Real) && !Directory.Exists(path.Real))
        {
            return null;
        }

        using var stream = new FileStream(HeldHandle.OfFile(path), FileAccess.Read);
        if (stream.Length > Largest)
        {
            throw new ToolException($"'{path.Shown}' has {ByteSize.Of(stream.Length)}: only files of up to {ByteSize.Of(Largest)} are changed.");
        }

        if (new FileInfo(path.Real).IsReadOnly)
        {
            throw new ToolException($"'{path.Shown}' is read-only: leave it as it is, or ask the user to allow writing to it.");
        }

        var bytes = new byte[stream.Length];
        var read = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return TextEncoding.Of(read[..Math.Min(read.Length, TextEncoding.SampleLength)]) is not { } encoding
            ? throw new ToolException($"'{path.Shown}' is binary ({ByteSize.Of(read.Length)}): only text is changed.")
            : Decoded(path, read, encoding);
    }

    private static WholeText Decoded(GrantedPath path, ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return new WholeText(encoding.GetString(bytes[encoding.Preamble.Length..]), encoding);
        }
        catch (DecoderFallbackException error)
        {
            throw new ToolException($"'{path.Shown}' is damaged text: changing it would lose what is not {encoding.WebName}.", error);
        }
    }
}
