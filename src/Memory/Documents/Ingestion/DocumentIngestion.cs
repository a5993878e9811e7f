using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Documents.Ingestion;

/// <summary>Makes documents of files, and keeps them as the files are.</summary>
/// <remarks>What is read is stored every few files, so that whoever is stopped or killed goes on where it was.</remarks>
/// <param name="documents">Where they are stored.</param>
/// <param name="watched">The folders that are looked at again.</param>
/// <param name="time">Tells whether a file was written to just now.</param>
public sealed class DocumentIngestion(DocumentStore documents, WatchedPaths watched, TimeProvider time)
{
    private const string InputLocation = "input:/";

    private readonly DocumentReaders _readers = new(new ReadingOptions());

    /// <summary>Reads files, and folders with all that is in them; folders are watched from now on.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="progress">Told after each file.</param>
    /// <param name="cancellationToken">Stops between two files; what was read stays.</param>
    /// <returns>What became of the files; what cannot be read is named in it.</returns>
    public async Task<IngestionReport> AddAsync(IEnumerable<string> paths, IProgress<IngestionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (folders, files) = (new List<string>(), new List<string>());
        foreach (var path in paths.Select(Path.GetFullPath).Select(Path.TrimEndingDirectorySeparator).Distinct())
        {
            if (Directory.Exists(path))
            {
                await watched.WatchAsync(path, cancellationToken);
                folders.Add(path);
            }
            else
            {
                await watched.IncludeAsync(path, cancellationToken);
                files.Add(path);
            }
        }

        return await RunAsync(folders, files, verify: false, progress, cancellationToken);
    }

    /// <summary>Reads a text that is no file; one of the same name is replaced.</summary>
    /// <param name="content">The text.</param>
    /// <param name="name">What it is called; its end tells the format.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemoryException">It cannot be read.</exception>
    public async Task<IngestionReport> AddAsync(Stream content, string name, CancellationToken cancellationToken = default)
    {
        var file = await _readers.OpenAsync(content, name, cancellationToken);
        var text = await new DocumentFile(_readers, file, InputLocation + name).ReadAsync(modifiedAt: null, cancellationToken);
        await documents.PutAsync([text], cancellationToken);
        return new IngestionReport { Added = [text.Document.Location], Passages = text.Chunks.Count };
    }

    /// <summary>Brings the documents of watched folders, and those of single files, to what the files are now.</summary>
    /// <param name="verify">Compares the content of all files; else those are taken for unchanged that have the size and time they had.</param>
    /// <param name="progress">Told after each file.</param>
    /// <param name="cancellationToken">Stops between two files; what was read stays.</param>
    public async Task<IngestionReport> SyncAsync(bool verify = false, IProgress<IngestionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var folders = await watched.FoldersAsync(cancellationToken);
        var single = (await documents.ListAsync(cancellationToken))
            .Select(document => document.Location)
            .Where(location => Path.IsPathFullyQualified(location) && !folders.Any(folder => FolderWalk.IsIn(folder, location)));
        return await RunAsync(folders, [.. single], verify, progress, cancellationToken);
    }

    private async Task<IngestionReport> RunAsync(
        IReadOnlyList<string> folders, IReadOnlyList<string> files, bool verify, IProgress<IngestionProgress>? progress, CancellationToken cancellationToken)
    {
        var walk = new FolderWalk(await watched.ExcludedAsync(cancellationToken));
        foreach (var folder in folders)
        {
            walk.Enter(folder, cancellationToken);
        }

        var found = walk.Files.Concat(files.Select(path => new FileInfo(path)).Where(file => file.Exists)).DistinctBy(file => file.FullName).ToList();
        var known = (await documents.ListAsync(cancellationToken)).ToDictionary(document => document.Location);
        var pass = new IngestionPass(documents, _readers, time, known, Gone(folders, files, walk, found, known));
        pass.Skip(walk.Skipped);
        pass.Skip(files.Where(path => !known.ContainsKey(path) && !File.Exists(path)).Select(NotThere));
        return await pass.RunAsync(found, verify, progress, cancellationToken);
    }

    // What is no longer found, although one could see it.
    private static List<Document> Gone(
        IReadOnlyList<string> folders, IReadOnlyList<string> files, FolderWalk walk, List<FileInfo> found, Dictionary<string, Document> known)
    {
        var present = found.Select(file => file.FullName).ToHashSet();
        return [.. known.Values.Where(document =>
            !present.Contains(document.Location)
            && (files.Contains(document.Location) || folders.Any(folder => FolderWalk.IsIn(folder, document.Location)))
            && !walk.IsHiddenFromView(document.Location))];
    }

    private static SkippedFile NotThere(string path) =>
        new(path, new MemoryException(MemoryError.NotFound, $"Could not read '{path}': there is no such file."));
}
