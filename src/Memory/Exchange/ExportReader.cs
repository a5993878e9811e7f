using System.Text;
using System.Text.Json;
using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Exchange;

/// <summary>Reads the lines of an export of this program.</summary>
internal sealed class ExportReader : IDisposable
{
    private readonly string _name;
    private readonly BoundedStream _stream;
    private readonly StreamReader _lines;
    private long _line;

    /// <param name="name">The file, for messages.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="mostInLine">The most bytes that a line may have.</param>
    public ExportReader(string name, Stream stream, long mostInLine)
    {
        _name = name;
        _stream = new BoundedStream(stream, name, mostInLine);
        _lines = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>Reads the first line.</summary>
    /// <param name="schema">The newest schema that is understood.</param>
    /// <exception cref="MemoryException">It is not an export, or one of a newer program.</exception>
    public void ReadHeader(long schema)
    {
        if (Line() is not { } header || header.Type != "pai")
        {
            throw Unreadable.Because(_name, "it is not an export of this program; 'pai memory export' makes one");
        }

        if (Number(header.Row, "version") > MemoryExport.Version || Number(header.Row, "schema") > schema)
        {
            throw new MemoryException(MemoryError.NewerSchema, $"The export '{_name}' was written by a newer program; import it with that one.");
        }
    }

    /// <summary>The next row; null behind the last one.</summary>
    /// <exception cref="MemoryException">The line is no row, or the export ends in its middle.</exception>
    public (string Type, JsonElement Row)? Next()
    {
        var next = Line() ?? throw Unreadable.Because(_name, $"it ends after line {_line} in its middle; export it again");
        return next.Type != "end" ? next
            : Number(next.Row, "rows") == _line - 2 ? null
            : throw Wrong($"says that {Number(next.Row, "rows")} rows come before it, and there are {_line - 2}");
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose()
    {
        _lines.Dispose();
        _stream.Dispose();
    }

    /// <summary>The line that was read last is wrong.</summary>
    public MemoryException Wrong(string reason, Exception? innerException = null) => Unreadable.Because(_name, $"line {_line} {reason}; nothing of it is imported", innerException);

    private static long Number(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : long.MaxValue;

    private (string Type, JsonElement Row)? Line()
    {
        _stream.BeginPart();
        if (Text() is not { } text)
        {
            return null;
        }

        _line++;
        try
        {
            var row = JsonElement.Parse(text);
            return row.ValueKind == JsonValueKind.Object && row.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                ? (type.GetString()!, row)
                : throw Wrong("is no row");
        }
        catch (JsonException error)
        {
            throw Wrong($"is not valid JSON at byte {error.BytePositionInLine + 1}", error);
        }
    }

    // Translated here: what encloses it takes every failure of a file for one of the database's.
    private string? Text()
    {
        try
        {
            return _lines.ReadLine();
        }
        catch (IOException error)
        {
            throw Unreadable.Because(_name, $"{error.Message.TrimEnd('.')}; nothing of it is imported", error);
        }
    }
}
