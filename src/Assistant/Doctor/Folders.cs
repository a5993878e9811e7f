namespace PersonalAi.Assistant.Doctor;

/// <summary>Looks at places that may not exist yet.</summary>
internal static class Folders
{
    /// <summary>The path itself, or the nearest folder above it that is there; a file where one is in the way.</summary>
    public static string NearestExisting(string path)
    {
        var place = path;
        while (!Path.Exists(place))
        {
            place = Path.GetDirectoryName(place)!;
        }

        return place;
    }

    /// <summary>Whether a folder takes a file; the one that proves it is gone at once.</summary>
    public static bool MayWrite(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".pai-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Bytes that the user may still write on the disk of a folder.</summary>
    public static long FreeBytes(string folder)
    {
        var place = NearestExisting(folder);
        return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(place)! : place).AvailableFreeSpace;
    }

    /// <summary>Bytes of all files in a folder; none where it is absent.</summary>
    public static long UsedBytes(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length)
        : 0;
}
