namespace PersonalAi.Tools.Policy;

/// <summary>Paths as rules see them: absolute, with forward slashes, as they are written and as they are once links are followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The home of the user, as rules abbreviate it with <c>~</c>.</summary>
    public static string Home => Slashed(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>Both forms; one where they are the same.</summary>
    public static IReadOnlyList<string> FormsOf(string path)
    {
        var written = Path.GetFullPath(path);
        var real = Follow(written, links: 0);
        return written == real ? [Slashed(written)] : [Slashed(written), Slashed(real)];
    }

    private static string Slashed(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');

    // Also of a path that does not exist yet: what does exist of it is followed.
    private static string Follow(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
        {
            return path;
        }

        var real = Path.Combine(Follow(folder, links), Path.GetFileName(path));
        return links < MostLinks && new FileInfo(real).LinkTarget is { } target
            ? Follow(Path.GetFullPath(target, Path.GetDirectoryName(real)!), links + 1)
            : real;
    }
}
