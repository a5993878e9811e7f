namespace PersonalAi.Tools.Sandbox;

/// <summary>Where commands are found, and the environment they get: nothing of the user's own, in which there may be keys.</summary>
internal static class CommandPath
{
    private static readonly string[] Folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>The whole environment of a command.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["PATH"] = string.Join(':', Folders),
        ["HOME"] = "/tmp",
        ["LANG"] = "C.UTF-8",
    };

    /// <summary>The file of a program; null where it is not installed.</summary>
    public static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
