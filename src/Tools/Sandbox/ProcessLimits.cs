namespace PersonalAi.Tools.Sandbox;

/// <summary>The command that limits what a process and its children may take: prlimit of util-linux.</summary>
internal static class ProcessLimits
{
    private const string Program = "/usr/bin/prlimit";

    /// <summary>What to put before a command; empty where the system has no such program.</summary>
    public static IReadOnlyList<string> Of(CommandLimits limits) => File.Exists(Program)
        ? [Program, $"--as={limits.Memory}", $"--fsize={limits.FileSize}", $"--nproc={limits.Processes}", "--core=0", "--"]
        : [];
}
