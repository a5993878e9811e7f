using Xunit;

namespace PersonalAi.Tests.Fakes;

/// <summary>Real data that lies beside the project and is never copied into it.</summary>
internal static class TestData
{
    /// <summary>The path of a file in it; where it is not there the test is skipped.</summary>
    public static string Path(string file)
    {
        var path = Locate(file);
        Assert.SkipUnless(File.Exists(path), $"The data beside the project has no \"{file}\"; PAI_TEST_DATA says where it lies.");
        return path;
    }

    /// <summary>The paths of all files in a folder of it and in the folders within, in order; where it is not there the test is skipped.</summary>
    public static string[] Files(string folder)
    {
        var path = Locate(folder);
        Assert.SkipUnless(Directory.Exists(path), $"The data beside the project has no \"{folder}\"; PAI_TEST_DATA says where it lies.");
        return [.. Directory.GetFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    private static string Locate(string name)
    {
        var folder = Environment.GetEnvironmentVariable("PAI_TEST_DATA") is { Length: > 0 } given
            ? given
            : System.IO.Path.Combine(Repository.Root, "..", "shared", "data");
        return System.IO.Path.Combine(folder, name);
    }
}
