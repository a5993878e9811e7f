using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>The folders in which tools may read and write files.</summary>
/// <param name="Folders">Absolute paths; none grants nothing. Relative paths of a call are relative to the first.</param>
public sealed record GrantedRoots(IReadOnlyList<string> Folders)
{
    private static readonly IReadOnlyList<string> Secrets =
    [
        ".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".password-store", ".netrc", ".git-credentials", ".pgpass", ".npmrc", ".pypirc", ".mozilla", ".thunderbird",
        ".config/gcloud", ".config/gh", ".config/git/credentials", ".config/google-chrome", ".config/chromium", ".local/share/keyrings", ".local/share/kwalletd",
        "Library/Keychains", "Library/Application Support/Google/Chrome", "Library/Application Support/Firefox", "AppData",
    ];

    /// <summary>Files and folders that no tool reaches, whatever is granted: the program's own data, keys and passwords.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Where programs keep the keys, passwords and cookies of a person.</summary>
    /// <param name="home">The person's home folder.</param>
    public static IReadOnlyList<string> SecretsIn(string home) => [.. Secrets.Select(secret => Path.Combine(home, secret))];

    /// <summary>The real path that a call would reach, with no symbolic link on the way, for rules to speak of; whether it is granted is not looked at.</summary>
    /// <param name="path">As the call names it.</param>
    public string AbsolutePath(string path)
    {
        try
        {
            return RealPath.Of(Path.GetFullPath(path, Folders.Count > 0 ? Path.GetFullPath(Folders[0]) : Path.GetTempPath()));
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Nothing can be reached by such a path, and the call says so.
            return path;
        }
    }
}
