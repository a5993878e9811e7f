namespace PersonalAi.Memory.Exchange;

/// <summary>
/// Takes in what other programs, or this one, exported. Importing the same again changes nothing; what was stopped, or killed, in the
/// middle has left whole conversations, and goes on when it is imported again.
/// </summary>
public sealed class MemoryImport(MemoryDatabase database, TimeProvider time)
{
    /// <summary>How many bytes there are to read.</summary>
    /// <exception cref="MemoryException">There is nothing there.</exception>
    public static long SizeOf(string path, ImportFormat format) => ImportedFile.Find(path, format).Sum(file => file.Length);

    /// <summary>Imports a file, or every file of a folder that can be imported.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how many bytes were read.</param>
    /// <param name="cancellationToken">Stops between two conversations or documents.</param>
    /// <exception cref="MemoryException">The one file that was given cannot be read, or nothing can be stored. Files of a folder that cannot be read are named in the report.</exception>
    public async Task<ImportReport> RunAsync(string path, ImportOptions options, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var files = ImportedFile.Find(path, options.Format);
        var run = new ImportRun(database, time, options);
        var (report, before) = (new ImportReport(), 0L);
        foreach (var file in files)
        {
            report = report.With(await ReadAsync(run, file, () => Open(new MeteredFile(file.Path, progress, before), options), isAlone: files.Count == 1, cancellationToken));
            before += file.Length;
            progress?.Report(before);
        }

        return report.With(await run.StoreFactsAsync(cancellationToken));
    }

    private static Stream Open(MeteredFile file, ImportOptions options)
    {
        try
        {
            return options.Decrypt?.Invoke(file) ?? file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static async Task<ImportReport> ReadAsync(ImportRun run, ImportedFile file, Func<Stream> open, bool isAlone, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = open();
            return await run.ReadAsync(file, stream, cancellationToken);
        }
        catch (MemoryException error) when (!isAlone && error.Error == MemoryError.Invalid)
        {
            return ImportReport.Skip(file.Name, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return isAlone
                ? throw new MemoryException(MemoryError.Invalid, $"Could not read '{file.Name}': {error.Message}", error)
                : ImportReport.Skip(file.Name, error.Message);
        }
    }
}
