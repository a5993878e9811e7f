namespace PersonalAi.Memory.Storage;

/// <summary>The database as a file: made whole, private to its owner, refused where it cannot be a database.</summary>
internal static class DatabaseFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // SQLite's file format, 1.2.1.
    private static ReadOnlySpan<byte> PlainBeginning => "SQLite format 3\0"u8;

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

    /// <summary>The 16 bytes that an encrypted database begins with; null where the file is absent, shorter, or not encrypted.</summary>
    public static byte[]? ReadSalt(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // Others may write it at this moment, and on Windows replace it.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var beginning = new byte[PlainBeginning.Length];
        return file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) == beginning.Length && !PlainBeginning.SequenceEqual(beginning)
            ? beginning
            : null;
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
