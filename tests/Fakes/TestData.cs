using Xunit;

namespace PersonalAi.Tests.Fakes;

/// <summary>Real data that lies beside the project and is never copied into it.</summary>
internal static class TestData
{
    /// <summary>The path of a file in it; where it is not there the test is skipped.</summary>
    public static string Path(string file)
    {
        var folder = Environment.GetEnvironmentVariable("PAI_TEST_DATA") is { Length: > 0 } given
            ? given
            : System.IO.Path.Combine(Repository.Root, "..", "shared", "data");
        var path = System.IO.Path.Combine(folder, file);
        Assert.SkipUnless(File.Exists(path), $"The data beside the project has no \"{file}\"; PAI_TEST_DATA says where it lies.");
        return path;
    }
}
