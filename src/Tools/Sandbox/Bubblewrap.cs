using PersonalAi.Tools.BuiltIn;
using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.Sandbox;

/// <summary>Puts a command into a sandbox of bubblewrap: no network, no processes but its own, the system read-only, no home folder, and of the user's files only those that were granted.</summary>
/// <param name="roots">The folders that it may read and write.</param>
/// <param name="limits">What it may take.</param>
internal sealed class Bubblewrap(GrantedRoots roots, CommandLimits limits)
{
    private const string Program = "bwrap";

    private static readonly string[] System = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types"];

    private readonly string[] _excluded = [.. roots.Excluded.Select(RealPath.Of)];
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

    // Links are followed here, so that what is excluded cannot be reached by another name.
    private IEnumerable<string> Granted => roots.Folders.Select(RealPath.Of).Where(folder => Directory.Exists(folder) && !_excluded.Any(excluded => IsWithin(folder, excluded)));

    /// <summary>The command line that runs a command in the sandbox.</summary>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command) =>
    [
        CommandPath.Find(Program)!,
        "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        .. CommandPath.Environment.SelectMany(variable => (string[])["--setenv", variable.Key, variable.Value]),
        "--proc", "/proc", "--dev", "/dev", "--size", $"{limits.FileSize}", "--tmpfs", "/tmp",
        .. System.SelectMany(SystemFolder),
        .. Granted.SelectMany(folder => (string[])["--bind", folder, folder]),
        .. _excluded.Where(excluded => Granted.Any(folder => IsWithin(excluded, folder))).SelectMany(Hide),
        "--remount-ro", "/",
        "--chdir", Granted.FirstOrDefault("/tmp"),
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

        var result = await CommandProcess.RunAsync(Wrap(["/usr/bin/true"]), "/", limits, cancellationToken);
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

    private static IEnumerable<string> Hide(string path) =>
        Directory.Exists(path) ? ["--tmpfs", path] : File.Exists(path) ? ["--ro-bind", "/dev/null", path] : [];

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + "/", StringComparison.Ordinal);
}
