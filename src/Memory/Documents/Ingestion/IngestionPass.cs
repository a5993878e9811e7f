using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Documents.Ingestion;

/// <summary>One look at files: reads what is new or changed, and removes what is gone.</summary>
/// <param name="documents">Where they are stored.</param>
/// <param name="readers">Read the files.</param>
/// <param name="time">Tells whether a file was written to just now.</param>
/// <param name="known">The documents, by their locations.</param>
/// <param name="gone">Those whose files are gone, unless one is found again under another name.</param>
internal sealed class IngestionPass(
    DocumentStore documents, DocumentReaders readers, TimeProvider time, IReadOnlyDictionary<string, Document> known, IEnumerable<Document> gone)
{
    // A transaction costs about as much as storing one small file, and nobody else can write while it runs.
    private const int FilesAtOnce = 64;
    private const int PassagesAtOnce = 512;

    // File systems tell the time of a write as coarsely as this; what was written to since the file was read would not be seen.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    private readonly List<Document> _gone = [.. gone];
    private readonly List<SkippedFile> _skipped = [];
    private readonly List<string> _added = [];
    private readonly List<string> _changed = [];
    private readonly List<(string From, string To)> _moved = [];
    private readonly List<DocumentText> _read = [];
    private readonly List<(DocumentId Id, DateTimeOffset? ModifiedAt)> _touched = [];
    private int _unchanged;
    private int _passages;

    /// <summary>Reports files that were not even looked at.</summary>
    public void Skip(IEnumerable<SkippedFile> files) => _skipped.AddRange(files);

    /// <summary>Looks at the files.</summary>
    /// <param name="files">All that are there.</param>
    /// <param name="verify">Whether the content of all is compared.</param>
    /// <param name="progress">Told after each file that is read.</param>
    /// <param name="cancellationToken">Stops between two files; what was read stays.</param>
    public async Task<IngestionReport> RunAsync(
        IReadOnlyList<FileInfo> files, bool verify, IProgress<IngestionProgress>? progress, CancellationToken cancellationToken = default)
    {
        var toRead = files.Where(file => verify || !IsAsItWas(file)).ToList();
        _unchanged = files.Count - toRead.Count;
        try
        {
            await ReadAsync(toRead, progress, cancellationToken);
        }
        finally
        {
            // Whoever stops keeps what was read so far.
            await StoreAsync(CancellationToken.None);
        }

        var removed = await documents.RemoveAsync(_gone.Select(document => document.Id), cancellationToken);
        return new IngestionReport
        {
            Added = _added,
            Changed = _changed,
            Moved = _moved,
            Removed = [.. removed.Select(document => document.Document.Location)],
            Unchanged = _unchanged,
            Passages = _passages,
            Skipped = _skipped,
        };
    }

    private static DateTimeOffset ModifiedAt(FileInfo file) =>
        DateTimeOffset.FromUnixTimeMilliseconds(new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds());

    private async Task ReadAsync(List<FileInfo> files, IProgress<IngestionProgress>? progress, CancellationToken cancellationToken)
    {
        var (bytes, total) = (0L, files.Sum(file => file.Length));
        foreach (var (index, file) in files.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new IngestionProgress(index, files.Count, bytes, total));
            await LookAtAsync(file, cancellationToken);
            bytes += file.Length;
            if (_read.Count >= FilesAtOnce || _read.Sum(text => text.Chunks.Count) >= PassagesAtOnce)
            {
                await StoreAsync(cancellationToken);
            }
        }

        progress?.Report(new IngestionProgress(files.Count, files.Count, total, total));
    }

    private bool IsAsItWas(FileInfo file) => known.TryGetValue(file.FullName, out var document) && document.Bytes == file.Length && document.ModifiedAt == ModifiedAt(file);

    private async Task LookAtAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            // Before it is read: what is written to it meanwhile is seen the next time.
            var modifiedAt = time.GetUtcNow() - ModifiedAt(file) > Grain ? ModifiedAt(file) : (DateTimeOffset?)null;
            var source = BinaryFiles.Has(file.Extension)
                ? throw Unreadable.Because(file.FullName, "it is binary, not text")
                : await readers.OpenAsync(file.FullName, cancellationToken: cancellationToken);
            if (known.TryGetValue(file.FullName, out var document) && document.Sha256 == source.Sha256)
            {
                _unchanged++;
                _touched.Add((document.Id, modifiedAt));
            }
            else if (document is null && _gone.Find(other => other.Sha256 == source.Sha256 && Path.GetExtension(other.Location) == file.Extension) is { } former)
            {
                await MoveAsync(former, file, modifiedAt, cancellationToken);
            }
            else
            {
                _read.Add(await new DocumentFile(readers, source, file.FullName).ReadAsync(modifiedAt, cancellationToken));
            }
        }
        catch (MemoryException error)
        {
            _skipped.Add(new SkippedFile(file.FullName, error));
        }
    }

    private async Task MoveAsync(Document former, FileInfo file, DateTimeOffset? modifiedAt, CancellationToken cancellationToken)
    {
        await documents.MoveAsync([(former.Id, file.FullName)], cancellationToken);
        _touched.Add((former.Id, modifiedAt));
        _gone.Remove(former);
        _moved.Add((former.Location, file.FullName));
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        if (_read.Count > 0)
        {
            await documents.PutAsync(_read, cancellationToken);
        }

        if (_touched.Count > 0)
        {
            await documents.TouchAsync(_touched, cancellationToken);
        }

        foreach (var (document, chunks) in _read)
        {
            (known.ContainsKey(document.Location) ? _changed : _added).Add(document.Location);
            _passages += chunks.Count;
        }

        _read.Clear();
        _touched.Clear();
    }
}
