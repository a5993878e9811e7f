namespace PersonalAi.Tests;

/// <summary>Finds the source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException($"No PersonalAi.sln above '{AppContext.BaseDirectory}': run the tests from a clone."),
        _ when File.Exists(Path.Combine(folder.FullName, "PersonalAi.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
