namespace PersonalAi.Assistant.Configuration;

/// <summary>Where this platform keeps data and caches of programs.</summary>
internal static class PlatformFolders
{
    /// <summary>The data folder where neither <c>--data</c> nor PAI_DATA names one.</summary>
    public static string Data(Func<string, string?> environment) => Choose(
        windows: () => Path.Combine(LocalApplicationData, "pai"),
        mac: () => Path.Combine(Home, "Library", "Application Support", "pai"),
        other: () => Path.Combine(Xdg(environment, "XDG_DATA_HOME") ?? Path.Combine(Home, ".local", "share"), "pai"));

    /// <summary>The models folder where nothing names another.</summary>
    public static string Models(Func<string, string?> environment) => Choose(
        windows: () => Path.Combine(LocalApplicationData, "pai", "models"),
        mac: () => Path.Combine(Home, "Library", "Caches", "pai", "models"),
        other: () => Path.Combine(Xdg(environment, "XDG_CACHE_HOME") ?? Path.Combine(Home, ".cache"), "pai", "models"));

    /// <summary>The folder of what lives only as long as processes do.</summary>
    public static string Run(Func<string, string?> environment) => Choose(
        windows: () => Path.Combine(Path.GetTempPath(), "pai"),
        mac: () => Path.Combine(Path.GetTempPath(), $"pai-{Environment.UserName}"),
        other: () => Xdg(environment, "XDG_RUNTIME_DIR") is { } folder ? Path.Combine(folder, "pai") : Path.Combine(Path.GetTempPath(), $"pai-{Environment.UserName}"));

    private static string Home => Special(Environment.SpecialFolder.UserProfile);

    private static string LocalApplicationData => Special(Environment.SpecialFolder.LocalApplicationData);

    // A folder that is still to be made has a path all the same: an empty one would put everything into the current folder.
    private static string Special(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } path
            ? path
            : throw new UsageException("This account has no home folder: name the folders with --data and PAI_MODELS.");

    private static string Choose(Func<string> windows, Func<string> mac, Func<string> other) =>
        OperatingSystem.IsWindows() ? windows() : OperatingSystem.IsMacOS() ? mac() : other();

    // The XDG Base Directory Specification: a path that is not absolute must be ignored.
    private static string? Xdg(Func<string, string?> environment, string variable) =>
        environment(variable) is { } path && Path.IsPathFullyQualified(path) ? path : null;
}
