using System.Text;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Reads a text file line by line, however long it or its lines are.</summary>
internal sealed class TextLines : IDisposable
{
    private readonly StreamReader _reader;
    private readonly StringBuilder _line = new();
    private readonly int _longestLine;

    private TextLines(StreamReader reader, long size, int longestLine) => (_reader, Size, _longestLine) = (reader, size, longestLine);

    /// <summary>The size of the file in bytes.</summary>
    public long Size { get; }

    /// <summary>Opens a file; what exceeds the longest line is left out of it.</summary>
    /// <returns>The lines, or the size of a file that is no text.</returns>
    /// <exception cref="ToolException">It cannot be opened, or is no ordinary file.</exception>
    public static (TextLines? Lines, long Size) Open(GrantedPath path, int longestLine)
    {
        var stream = new FileStream(HeldHandle.OfFile(path), FileAccess.Read, bufferSize: 1 << 16);
        var sample = new byte[TextEncoding.SampleLength];
        var length = stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        var size = stream.Length;
        if (TextEncoding.Of(sample.AsSpan(0, length)) is not { } encoding)
        {
            stream.Dispose();
            return (null, size);
        }

        stream.Position = 0;
        return (new TextLines(new StreamReader(stream, TextEncoding.Lenient(encoding)), size, longestLine), size);
    }

    /// <summary>The next line without its end; null after the last.</summary>
    public string? Next()
    {
        _line.Clear();
        var any = false;
        while (_reader.Read() is >= 0 and var sign)
        {
            any = true;
            if (sign == '\n')
            {
                break;
            }

            if (_line.Length < _longestLine)
            {
                _line.Append((char)sign);
            }
        }

        return any ? _line.ToString().TrimEnd('\r') : null;
    }

    public void Dispose() => _reader.Dispose();
}
