namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Puts a file in the place of another at one stroke: whoever opens it sees the old one or the new one, never half of it.</summary>
internal static class FileReplacement
{
    /// <summary>Writes a file; its permissions are those of the file before it.</summary>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static void Write(GrantedPath path, byte[] bytes)
    {
        using var folder = HeldFolder.OpenOrMake(path.Area, Path.GetDirectoryName(path.Real)!);
        var place = folder[Path.GetFileName(path.Real)];
        var draft = folder[$".pai-{Guid.NewGuid():N}.tmp"];
        try
        {
            WriteDraft(draft, place, bytes);
            File.Move(draft, place, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new ToolException($"'{path.Shown}' cannot be written: {(error is UnauthorizedAccessException ? "its permissions do not allow it" : "the disk does not take it")}.", error);
        }
    }

    private static void WriteDraft(string draft, string place, byte[] bytes)
    {
        using var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        if (!OperatingSystem.IsWindows() && File.Exists(place))
        {
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(place));
        }

        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
