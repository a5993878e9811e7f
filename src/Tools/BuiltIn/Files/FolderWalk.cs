namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Goes through a folder and all below it, in the order of names.</summary>
/// <remarks>Symbolic links are not followed, <c>.git</c> is not entered, and what is excluded is not seen.</remarks>
internal static class FolderWalk
{
    // Deeper trees are built to be fallen into.
    private const int Deepest = 64;

    /// <summary>What lies in one folder.</summary>
    /// <exception cref="ToolException">There is no such folder.</exception>
    public static IReadOnlyList<FolderEntry> In(GrantedPath folder)
    {
        using var held = HeldFolder.Open(folder);
        return [.. held.Entries()
            .Select(entry => (Entry: entry, Real: Path.Combine(folder.Real, entry.Name)))
            .Where(found => folder.Area.Admits(found.Real))
            .Select(found => new FolderEntry(new GrantedPath(folder.Area, found.Real, folder.Area.Shown(found.Real)), KindOf(found.Entry), found.Entry is FileInfo file ? file.Length : 0))];
    }

    /// <summary>What lies in a folder and in those below it.</summary>
    /// <exception cref="ToolException">There is no such folder.</exception>
    public static IEnumerable<FolderEntry> Through(GrantedPath folder) => Through(In(folder), 1);

    private static IEnumerable<FolderEntry> Through(IReadOnlyList<FolderEntry> entries, int depth)
    {
        foreach (var entry in entries)
        {
            yield return entry;
            if (entry.Kind == EntryKind.Folder && depth < Deepest && !GrantedArea.IsOfGit(entry.Path.Real))
            {
                foreach (var below in Through(InOrNothing(entry.Path), depth + 1))
                {
                    yield return below;
                }
            }
        }
    }

    private static IReadOnlyList<FolderEntry> InOrNothing(GrantedPath folder)
    {
        try
        {
            return In(folder);
        }
        catch (ToolException)
        {
            // It went away meanwhile, or may not be read.
            return [];
        }
    }

    private static EntryKind KindOf(FileSystemInfo entry) => entry switch
    {
        _ when entry.Attributes.HasFlag(FileAttributes.ReparsePoint) => EntryKind.Link,
        DirectoryInfo => EntryKind.Folder,
        _ when OperatingSystem.IsWindows() || FileNative.IsOrdinary(entry.FullName) => EntryKind.File,
        _ => EntryKind.Other,
    };
}

/// <summary>Something in a folder.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">In bytes; 0 for all but files.</param>
internal sealed record FolderEntry(GrantedPath Path, EntryKind Kind, long Size);

/// <summary>What lies in a folder.</summary>
internal enum EntryKind
{
    File,
    Folder,
    Link,

    /// <summary>A device, a pipe, a socket.</summary>
    Other,
}
