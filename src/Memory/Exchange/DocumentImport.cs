using System.Security.Cryptography;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Memory.Documents.Reading.Mail;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange;

/// <summary>Stores notes and mails as documents: each in one transaction, and only where it is new or has changed.</summary>
internal sealed class DocumentImport(MemoryDatabase database, TimeProvider time, ImportOptions options)
{
    private static readonly ChunkOptions Chunks = new();

    private readonly DocumentStore _documents = new(database, time);
    private readonly MailReader _mail = new();
    private readonly MarkdownReader _markdown = new();

    /// <summary>Stores a note in Markdown under the path of its file.</summary>
    public async Task<ImportReport> ImportNoteAsync(ImportedFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var note = await _markdown.ReadAsync(new SourceFile(file.Name, content), cancellationToken);
        return await StoreAsync(note, file.Path, content, cancellationToken);
    }

    /// <summary>Stores a mail, or every mail of a mailbox, under its Message-ID.</summary>
    /// <param name="file">Its name for messages.</param>
    /// <param name="stream">The content, of whatever size.</param>
    /// <param name="cancellationToken">Stops between two mails.</param>
    public async Task<ImportReport> ImportMailAsync(ImportedFile file, Stream stream, CancellationToken cancellationToken = default)
    {
        var start = new byte[1000];
        var isMailbox = Mailbox.IsMailbox(start.AsSpan(0, await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken)));
        stream.Position = 0;
        if (!isMailbox)
        {
            return await ImportMailAsync(file.Name, await stream.ReadWholeAsync(file.Name, cancellationToken), cancellationToken);
        }

        var (report, number) = (new ImportReport(), 0);
        foreach (var mail in Mailbox.Split(stream))
        {
            number++;
            try
            {
                report = report.With(await ImportMailAsync($"{file.Name}, mail {number}", mail, cancellationToken));
            }
            catch (MemoryException error) when (error.Error == MemoryError.Invalid)
            {
                report = report.With(ImportReport.Skip($"{file.Name}, mail {number}", error.Message));
            }
        }

        return report;
    }

    private async Task<ImportReport> ImportMailAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var mail = await _mail.ReadAsync(new SourceFile($"{name}.eml", content), cancellationToken);
        var headers = content;
        var id = MailHeaders.Take(ref headers).Raw("Message-ID")?.Trim().Trim('<', '>');
        var hash = HashOf(content);
        var location = $"mail:{(string.IsNullOrEmpty(id) ? hash : id)}";

        // A mail does not change: another one of the same id is another mail.
        var isTaken = await KnownHashAsync(location, cancellationToken) is { } known && known != hash;
        return await StoreAsync(mail, isTaken ? $"{location}#{hash}" : location, content, cancellationToken);
    }

    private async Task<ImportReport> StoreAsync(ReadDocument read, string location, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var hash = HashOf(content);
        if (await KnownHashAsync(location, cancellationToken) == hash)
        {
            return new() { Known = 1 };
        }

        var chunks = Chunker.Cut(read, Chunks).Select(chunk => new DocumentChunk(chunk.Content)
        {
            Heading = chunk.Heading is { Length: > 0 } heading ? heading : null,
            Speaker = read.Author,
            FirstLine = chunk.First,
            LastLine = chunk.Last,
        }).ToList();
        if (chunks.Count == 0)
        {
            return ImportReport.Skip(read.Name, "it has no words");
        }

        if (!options.IsDryRun)
        {
            var document = new NewDocument(location, read.Title ?? Path.GetFileNameWithoutExtension(read.Name), read.MediaType, hash, content.Length) { WrittenAt = read.Date };
            await _documents.PutAsync(document, chunks, cancellationToken);
        }

        return new() { Documents = 1 };
    }

    private Task<string?> KnownHashAsync(string location, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.Text("select sha256 from documents where location = $location", ("$location", location)), cancellationToken);

    private static string HashOf(ReadOnlyMemory<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content.Span));
}
