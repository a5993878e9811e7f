using System.Globalization;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>What the granted roots come to on this disk at this moment, with no symbolic link in any path.</summary>
internal sealed class GrantedArea
{
    private const int LongestPath = 4096;

    // Folders of the kernel: files there have no end, have no size, or do something when they are read.
    private static readonly string[] Kernel = OperatingSystem.IsWindows() ? [] : ["/proc", "/sys", "/dev"];

    private static readonly StringComparison Names =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private readonly (string Written, string Real)[] _roots;
    private readonly string[] _excluded;

    /// <exception cref="ToolException">No folder is granted.</exception>
    public GrantedArea(GrantedRoots granted)
    {
        if (granted.Folders.Count == 0)
        {
            throw new ToolException("No folder is granted to the file tools: tell the user to grant one.");
        }

        _roots = [.. granted.Folders.Select(folder => (Path.GetFullPath(folder), RealPath.Of(folder)))];
        _excluded = [.. granted.Excluded.Select(RealPath.Of), .. Kernel];
    }

    /// <summary>Finds what a call names.</summary>
    /// <param name="path">Relative to the first root, or absolute.</param>
    /// <exception cref="ToolException">It lies outside the roots, or where nothing may be reached.</exception>
    public GrantedPath Resolve(string path)
    {
        if (path.Length > LongestPath || path.Contains('\0', StringComparison.Ordinal) || path.StartsWith('~'))
        {
            throw new ToolException($"The path '{VisibleText.Of(path[..Math.Min(path.Length, 100)])}' is no path here: give one relative to the granted folder.");
        }

        string real;
        try
        {
            real = RealPath.Of(Path.GetFullPath(path, _roots[0].Written));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException($"The path '{VisibleText.Of(path)}' leads nowhere: {error.Message}", error);
        }

        if (!Admits(real))
        {
            throw new ToolException($"'{VisibleText.Of(path)}' is not within a folder that the user granted: use a path relative to the granted folder.");
        }

        return !Directory.Exists(_roots[RootOf(real)].Real)
            ? throw new ToolException("The granted folder does not exist: tell the user to create it or to grant another one.")
            : new GrantedPath(this, real, Shown(real));
    }

    /// <summary>Whether a real path lies within a root and outside all that is excluded.</summary>
    public bool Admits(string real) =>
        RootOf(real) >= 0
        && !_excluded.Any(excluded => IsIn(excluded, real, StringComparison.OrdinalIgnoreCase))
        && (!OperatingSystem.IsWindows() || WindowsNames.AreOrdinary(real[Path.GetPathRoot(real)!.Length..]));

    /// <summary>Whether a part of the path is the folder in which git keeps what it knows.</summary>
    /// <remarks>File systems ignore case, and some of them characters that are not seen: git was fooled by both (CVE-2014-9390).</remarks>
    public static bool IsOfGit(string path) =>
        path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(part =>
            string.Concat(part.Where(sign => char.GetUnicodeCategory(sign) != UnicodeCategory.Format)).Equals(".git", StringComparison.OrdinalIgnoreCase));

    /// <summary>A real path as results show it and as calls can name it: relative to the first root, else absolute.</summary>
    public string Shown(string real)
    {
        var index = RootOf(real);
        var relative = Path.GetRelativePath(_roots[index].Real, real);
        return VisibleText.Of((index == 0 ? relative : Path.GetFullPath(relative, _roots[index].Written)).Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\'));
    }

    private int RootOf(string real) => Array.FindIndex(_roots, root => IsIn(root.Real, real, Names));

    private static bool IsIn(string folder, string path, StringComparison names) =>
        path.Equals(folder, names) || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, names);
}

/// <summary>A path that was looked at and may be reached.</summary>
/// <param name="Area">The roots that it was looked at with.</param>
/// <param name="Real">The absolute path, with no symbolic link on the way.</param>
/// <param name="Shown">As results show it, with every character visible.</param>
internal sealed record GrantedPath(GrantedArea Area, string Real, string Shown);
