namespace PersonalAi.Assistant.Configuration;

/// <summary>Where a user wants a file to be written.</summary>
internal static class ExportPlace
{
    /// <summary>Refuses what cannot be a file.</summary>
    /// <exception cref="UsageException">It is a folder, or lies in one that does not exist.</exception>
    public static void RefuseWrong(string file)
    {
        if (Directory.Exists(file))
        {
            throw new UsageException($"'{file}' is a folder; name a file in it.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder '{folder}' for '{Path.GetFileName(file)}'; make it, or choose another.");
        }
    }
}
