namespace PersonalAi.Memory.Exchange;

/// <summary>A file to import.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">How it is called in messages: its path within the folder that was given.</param>
/// <param name="Format">What it is; <see cref="ImportFormat.Auto"/> where that is not known.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record ImportedFile(string Path, string Name, ImportFormat Format, long Length)
{
    // Links are not followed, and what programs hide is not the user's.
    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };

    /// <summary>The file, or all files of the folder, in the order of their names.</summary>
    /// <exception cref="MemoryException">There is nothing there.</exception>
    public static IReadOnlyList<ImportedFile> Find(string path, ImportFormat format)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [Of(full, path, format)];
        }

        if (!Directory.Exists(full))
        {
            throw new MemoryException(MemoryError.NotFound, $"There is no file or folder '{path}' to import; check its name.");
        }

        var files = Directory.EnumerateFiles(full, "*", Deep)
            .Select(file => (File: file, Name: System.IO.Path.GetRelativePath(full, file)))
            .Where(file => !IsHidden(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => Of(file.File, file.Name, ByName(file.Name)))
            .Where(file => format == ImportFormat.Auto || file.Format == format || (Family(file.Format) == Family(format) && Family(format) != 0))
            .Select(file => file with { Format = format == ImportFormat.Auto ? file.Format : format })
            .ToList();
        return files.Count > 0 ? files : throw new MemoryException(MemoryError.NotFound, $"The folder '{path}' has no file of this kind to import; check its name, or give --as.");
    }

    private static ImportedFile Of(string path, string name, ImportFormat format) =>
        new(path, name, format == ImportFormat.Auto ? ByName(path) : format, new FileInfo(path).Length);

    // Conversations say themselves whose they are.
    private static int Family(ImportFormat format) => format is ImportFormat.ChatGpt or ImportFormat.Claude ? 1 : 0;

    private static bool IsHidden(string name) => name.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));

    private static ImportFormat ByName(string name) => System.IO.Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".JSONL" => ImportFormat.Pai,
        ".ZIP" or ".JSON" => ImportFormat.ChatGpt,
        ".MD" or ".MARKDOWN" or ".MKD" => ImportFormat.Markdown,
        ".MBOX" or ".MBX" or ".EML" => ImportFormat.Mbox,
        ".ICS" or ".ICAL" or ".IFB" => ImportFormat.Ics,
        ".VCF" or ".VCARD" => ImportFormat.Vcard,
        _ when System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(name)) is "cur" or "new" => ImportFormat.Mbox,
        _ => ImportFormat.Auto,
    };
}
