namespace PersonalAi.Assistant.Configuration;

/// <summary>Replaces a file as a whole: a crash leaves the old text or the new, never a part.</summary>
internal static class AtomicFile
{
    public static Task WriteAsync(string path, string text, CancellationToken cancellationToken = default) =>
        WriteAsync(path, writer => writer.WriteAsync(text.AsMemory(), cancellationToken));

    /// <summary>Writes as the text comes; where it cannot be completed, the file stays as it was.</summary>
    public static Task WriteAsync(string path, Func<TextWriter, Task> write) => WriteBytesAsync(path, async stream =>
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        await write(writer);
    });

    /// <summary>Writes as the bytes come; where they cannot be completed, the file stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes to the stream, and leaves it open.</param>
    public static async Task WriteBytesAsync(string path, Func<Stream, Task> write)
    {
        // A link stays a link: people keep configuration files in a repository of their own.
        var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        var beside = $"{target}.{Guid.NewGuid():N}.new";
        try
        {
            await using (var stream = new FileStream(beside, NewFile(target)))
            {
                await write(stream);
#pragma warning disable CA1849 // FlushAsync does not reach the disk; only this overload does.
                stream.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static FileStreamOptions NewFile(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.Exists(target) ? File.GetUnixFileMode(target) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
