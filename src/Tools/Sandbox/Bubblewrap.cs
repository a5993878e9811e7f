using PersonalAi.Tools.BuiltIn;

namespace PersonalAi.Tools.Sandbox;

/// <summary>Puts a command into a sandbox of bubblewrap: no network, no processes but its own, the system read-only, no home folder, and of the user's files only those that were granted.</summary>
/// <param name="roots">The folders that it may read and write.</param>
/// <param name="limits">What it may take.</param>
internal sealed class Bubblewrap(GrantedRoots roots, CommandLimits limits)
{
    private const string Program = "bwrap";

    // Even where the whole home folder was granted, keys and passwords were not meant.
    private static readonly string[] Secrets =
        [".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".password-store", ".config/gcloud", ".config/gh", ".local/share/keyrings", ".mozilla", ".netrc", ".npmrc", ".pypirc", ".git-credentials"];

    private static readonly string[] System = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types"];

    private string? _problem;
    private bool _isTried;

    /// <summary>Why there can be no sandbox here, as a clause; null where there can. It is tried once.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken = default)
    {
        if (!_isTried)
        {
            _problem = await TryAsync(cancellationToken);
            _isTried = true;
        }

        return _problem;
    }

    /// <summary>The command line that runs a command in the sandbox.</summary>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command) =>
    [
        CommandPath.Find(Program)!,
        "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        .. CommandPath.Environment.SelectMany(variable => (string[])["--setenv", variable.Key, variable.Value]),
        "--proc", "/proc", "--dev", "/dev", "--size", $"{limits.FileSize}", "--tmpfs", "/tmp",
        .. System.SelectMany(SystemFolder),
        .. roots.Folders.SelectMany(folder => (string[])["--bind", folder, folder]),
        .. HiddenSecrets(),
        "--remount-ro", "/",
        "--chdir", roots.Folders.Count > 0 ? roots.Folders[0] : "/tmp",
        "--", .. ProcessLimits.Of(limits), .. command,
    ];

    private async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "bubblewrap, which makes the sandbox, exists for Linux only";
        }

        if (CommandPath.Find(Program) is null)
        {
            return "bubblewrap, which makes the sandbox, is not installed; install the package 'bubblewrap'";
        }

        var result = await CommandProcess.RunAsync(Wrap(["/usr/bin/true"]), roots.Folders.Count > 0 ? roots.Folders[0] : "/", limits, cancellationToken);
        return result is { ExitCode: 0, Stopped: null }
            ? null
            : $"bubblewrap cannot make a sandbox on this system ({(result.Errors.Split('\n')[0].Trim() is { Length: > 0 } reason ? reason.TrimEnd('.') : $"exit code {result.ExitCode}")})";
    }

    // /bin and /lib are links into /usr on most systems and folders on others.
    private static IEnumerable<string> SystemFolder(string path)
    {
        var link = new FileInfo(path).LinkTarget;
        return link is not null && !path.StartsWith("/etc/", StringComparison.Ordinal)
            ? ["--symlink", link, path]
            : ["--ro-bind-try", path, path];
    }

    private IEnumerable<string> HiddenSecrets()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (var path in Secrets.Select(name => Path.Combine(home, name)).Where(path => roots.Folders.Any(root => Path.GetFullPath(path).StartsWith(Path.TrimEndingDirectorySeparator(root) + "/", StringComparison.Ordinal))))
        {
            if (Directory.Exists(path))
            {
                yield return "--tmpfs";
                yield return path;
            }
            else if (File.Exists(path))
            {
                yield return "--ro-bind";
                yield return "/dev/null";
                yield return path;
            }
        }
    }
}
