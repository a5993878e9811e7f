namespace PersonalAi.Memory.Storage;

/// <summary>The database as a file: made whole, private to its owner, refused where it cannot be a database.</summary>
internal static class DatabaseFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the file where there is none: beside it and renamed, so that an empty file is never ours but always damage.</summary>
    public static void CreateIfAbsent(string path, Action<string> fill)
    {
        if (Path.Exists(path))
        {
            return;
        }

        CreateFolder(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            CreateEmpty(fresh);
            fill(fresh);
            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first: its file serves both.
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Refuses what need not be opened to be known as unusable, and takes the file from everyone but its owner.</summary>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw new MemoryException(MemoryError.Invalid, $"The database '{path}' is a folder; give the path of a file.");
        }

        var file = new FileInfo(path);
        if (file.Length == 0)
        {
            throw SqliteErrors.Damaged(path, "the file is empty");
        }

        if (file.IsReadOnly)
        {
            throw SqliteErrors.NotWritable(path);
        }

        if (!OperatingSystem.IsWindows() && file.UnixFileMode != OwnerOnly)
        {
            file.UnixFileMode = OwnerOnly;
        }
    }

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    // SQLite gives its -wal and -shm files the permissions of the database.
    public static void CreateEmpty(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
    }
}
