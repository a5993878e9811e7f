using Xunit;

namespace PersonalAi.Tests;

/// <summary>Compares output with a file in tests/Golden; UPDATE_GOLDEN=1 writes the file instead.</summary>
internal static class GoldenFile
{
    public static void Matches(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "Golden", name);
        var normal = string.Join('\n', actual.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, normal);
        }

        Assert.True(File.Exists(path), $"'{path}' is absent: run the tests once with UPDATE_GOLDEN=1, and read what it wrote.");
        Assert.Equal(File.ReadAllText(path), normal);
    }
}
