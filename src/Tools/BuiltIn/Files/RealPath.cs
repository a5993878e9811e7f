namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Follows symbolic links one step at a time, so that what is looked at is what would be opened.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>The path with no symbolic link on the way; what does not exist stays as it is written.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="IOException">There are too many links, or the path is too long.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var steps = new Stack<string>();
        Push(steps, full);
        var real = Path.GetPathRoot(full)!;
        for (var links = 0; steps.TryPop(out var step);)
        {
            if (step == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, step);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException("There are too many symbolic links on the way.");
            }

            real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
            Push(steps, target);
        }

        return real;
    }

    private static void Push(Stack<string> steps, string path)
    {
        var relative = path[(Path.GetPathRoot(path)?.Length ?? 0)..];
        foreach (var step in relative.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Reverse().Where(step => step != "."))
        {
            steps.Push(step);
        }
    }
}
