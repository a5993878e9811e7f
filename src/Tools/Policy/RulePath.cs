using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.Policy;

/// <summary>Paths as rules see them: absolute, with forward slashes, as they are written and as they are once links are followed.</summary>
internal static class RulePath
{
    /// <summary>The home of the user, as rules abbreviate it with <c>~</c>.</summary>
    public static string Home => Slashed(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>Both forms; one where they are the same.</summary>
    /// <exception cref="IOException">There are too many links, or the path is too long.</exception>
    /// <exception cref="ArgumentException">No path can be called so.</exception>
    public static IReadOnlyList<string> FormsOf(string path)
    {
        var written = Path.GetFullPath(path);
        var real = RealPath.Of(written);
        return written == real ? [Slashed(written)] : [Slashed(written), Slashed(real)];
    }

    private static string Slashed(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');
}
