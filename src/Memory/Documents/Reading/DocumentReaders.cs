using System.Collections.Frozen;
using PersonalAi.Memory.Documents.Reading.Mail;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads files of every known format, chosen by the end of the name, else by how the file begins.</summary>
internal sealed class DocumentReaders
{
    private static readonly FrozenSet<string> CodeExtensions = FrozenSet.Create(
        "asm", "bash", "bat", "c", "cc", "clj", "cljs", "cpp", "cs", "csproj", "css", "csx", "cxx", "d", "dart", "el", "erl", "ex", "exs", "f90", "fs", "fsx", "go", "gradle",
        "groovy", "h", "hpp", "hrl", "hs", "hxx", "ini", "java", "jl", "js", "json", "jsonl", "jsx", "kt", "kts", "less", "lisp", "lua", "m", "mjs", "ml", "mli", "mm", "nim",
        "pas", "php", "pl", "pm", "proto", "ps1", "py", "pyi", "r", "rb", "rs", "s", "sass", "scala", "scm", "scss", "sh", "sql", "svelte", "swift", "tcl", "tf", "toml", "ts",
        "tsx", "v", "vb", "vhd", "vue", "xml", "xsd", "xsl", "yaml", "yml", "zig", "zsh");

    private readonly FrozenDictionary<string, IDocumentReader> _byExtension;
    private readonly PlainTextReader _plainText = new();
    private readonly CodeReader _code = new();
    private readonly HtmlReader _html = new();
    private readonly MailReader _mail = new();
    private readonly PdfReader _pdf;
    private readonly DocxReader _docx;
    private readonly ReadingOptions _options;

    public DocumentReaders(ReadingOptions options)
    {
        _options = options;
        _pdf = new(options);
        _docx = new(options);
        var markdown = new MarkdownReader();
        var csv = new CsvDocumentReader();
        _byExtension = new Dictionary<string, IDocumentReader>
        {
            ["txt"] = _plainText, ["text"] = _plainText, ["log"] = _plainText,
            ["md"] = markdown, ["markdown"] = markdown, ["mkd"] = markdown,
            ["html"] = _html, ["htm"] = _html, ["xhtml"] = _html,
            ["csv"] = csv, ["tsv"] = csv, ["tab"] = csv,
            ["eml"] = _mail, ["mbox"] = _mail, ["mbx"] = _mail,
            ["pdf"] = _pdf,
            ["docx"] = _docx, ["docm"] = _docx, ["dotx"] = _docx,
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is; citations name it so unless <paramref name="name"/> says otherwise.</param>
    /// <param name="name">The name for messages and citations.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemoryException">It cannot be read: the message names it and says why.</exception>
    public async Task<ReadDocument> ReadAsync(string path, string? name = null, CancellationToken cancellationToken = default) =>
        await ReadAsync(await OpenAsync(path, name, cancellationToken), cancellationToken);

    /// <summary>Takes a file into memory, without understanding it.</summary>
    /// <param name="path">Where it is; citations name it so unless <paramref name="name"/> says otherwise.</param>
    /// <param name="name">The name for messages and citations.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemoryException">It cannot be read: the message names it and says why.</exception>
    public async Task<SourceFile> OpenAsync(string path, string? name = null, CancellationToken cancellationToken = default)
    {
        name ??= path;
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: true);
            return await OpenAsync(stream, name, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MemoryException(MemoryError.NotFound, $"Could not read '{name}': there is no such file.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Unreadable.Because(name, Directory.Exists(path) ? "it is a folder" : "its permissions do not allow it", error);
        }
        catch (IOException error)
        {
            throw Unreadable.Because(name, error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>Reads what a stream holds, to its end.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="name">The name for messages and citations; its end tells the format.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemoryException">It cannot be read: the message names it and says why.</exception>
    public async Task<ReadDocument> ReadAsync(Stream stream, string name, CancellationToken cancellationToken = default) =>
        await ReadAsync(await OpenAsync(stream, name, cancellationToken), cancellationToken);

    /// <summary>Takes what a stream holds into memory, without understanding it.</summary>
    /// <exception cref="MemoryException">There is too much of it.</exception>
    public async Task<SourceFile> OpenAsync(Stream stream, string name, CancellationToken cancellationToken = default) =>
        new(name, await BytesAsync(stream, name, cancellationToken));

    /// <summary>Understands a file that is in memory.</summary>
    /// <exception cref="MemoryException">It cannot be read: the message names it and says why.</exception>
    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default) => ReaderFor(file).ReadAsync(file, cancellationToken);

    private async Task<ReadOnlyMemory<byte>> BytesAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        RefuseLargerThan(stream.CanSeek ? stream.Length - stream.Position : 0, name, isAll: true);
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            RefuseLargerThan(content.Length, name, isAll: false);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private void RefuseLargerThan(long size, string name, bool isAll)
    {
        if (size > _options.MaxFileBytes)
        {
            var stated = isAll ? $"it has {Unreadable.Bytes(size)}, and " : "";
            throw Unreadable.Because(name, $"{stated}at most {Unreadable.Bytes(_options.MaxFileBytes)} are read");
        }
    }

    private IDocumentReader ReaderFor(SourceFile file) =>
        _byExtension.TryGetValue(file.Extension, out var reader) ? reader
        : CodeExtensions.Contains(file.Extension) ? _code
        : ByContent(file);

    private IDocumentReader ByContent(SourceFile file)
    {
        var bytes = file.Content.Span;
        if (bytes.StartsWith("%PDF-"u8))
        {
            return _pdf;
        }

        if (bytes.StartsWith("PK\u0003\u0004"u8) && bytes.IndexOf("word/document.xml"u8) >= 0)
        {
            return _docx;
        }

        var start = TextDecoder.DecodeLeniently(bytes[..Math.Min(bytes.Length, 1024)]).AsSpan().TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? _html
            : Mailbox.IsMailbox(bytes) || MailReader.LooksLikeMail(file) ? _mail
            : start.StartsWith("#!") ? _code
            : _plainText;
    }
}
