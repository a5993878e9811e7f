using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Documents.Ingestion;

/// <summary>Finds the files of a folder that may be documents: regular ones with something in them, at any depth, in the order of their names.</summary>
/// <param name="excluded">Full paths of files and folders that are left out.</param>
/// <remarks>Hidden files and folders, <c>node_modules</c> and empty files are passed over in silence; symbolic links are not followed, so there are no loops.</remarks>
internal sealed class FolderWalk(IEnumerable<string> excluded)
{
    private readonly HashSet<string> _excluded = [.. excluded];
    private readonly List<FileInfo> _files = [];
    private readonly List<SkippedFile> _skipped = [];
    private readonly List<string> _closed = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<FileInfo> Files => _files;

    /// <summary>What was not looked at, and why.</summary>
    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    /// <summary>Whether the folders on the way to a file could not be opened, so that nobody knows whether it is there.</summary>
    public bool IsHiddenFromView(string path) => _closed.Exists(folder => IsIn(folder, path));

    /// <summary>Whether a path lies in a folder, at any depth.</summary>
    public static bool IsIn(string folder, string path) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Adds what is in a folder.</summary>
    public void Enter(string folder, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var entry in EntriesOf(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.Attributes.HasFlag(FileAttributes.Hidden) || entry.Name == "node_modules" || _excluded.Contains(entry.FullName))
            {
                continue;
            }

            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                Skip(entry.FullName, "it is a symbolic link; add what it points to");
            }
            else if (entry is DirectoryInfo)
            {
                Enter(entry.FullName, cancellationToken);
            }
            else if (entry is FileInfo { Length: > 0 } file)
            {
                // Pipes, sockets and devices have no length.
                _files.Add(file);
            }
        }
    }

    private FileSystemInfo[] EntriesOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Skip(folder, error is UnauthorizedAccessException ? "its permissions do not allow it" : error.Message.TrimEnd('.'));
            _closed.Add(folder);
            return [];
        }
    }

    private void Skip(string path, string reason) => _skipped.Add(new SkippedFile(path, Unreadable.Because(path, reason)));
}
