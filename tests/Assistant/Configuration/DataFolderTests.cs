using PersonalAi.Assistant.Configuration;
using Xunit;

namespace PersonalAi.Tests.Assistant.Configuration;

public sealed class DataFolderTests
{
    [Fact]
    public void The_option_wins_over_the_variable_and_the_variable_over_the_platform()
    {
        var environment = new Dictionary<string, string>() { ["PAI_DATA"] = Path.GetTempPath(), ["XDG_DATA_HOME"] = "/xdg" };

        var option = DataFolder.Locate("here", environment.GetValueOrDefault);
        var variable = DataFolder.Locate(null, environment.GetValueOrDefault);

        Assert.Equal((Path.GetFullPath("here"), Path.GetFullPath(Path.GetTempPath())), (option.Path, variable.Path));
    }

    [Theory]
    [InlineData("/xdg", "/xdg/pai")]
    [InlineData("relative", "~/.local/share/pai")]
    [InlineData(null, "~/.local/share/pai")]
    public void On_Linux_the_platform_folder_follows_the_XDG_specification(string? xdg, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only.");

        var folder = DataFolder.Locate(null, name => name == "XDG_DATA_HOME" ? xdg : null);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(expected.Replace("~", home, StringComparison.Ordinal), folder.Path);
    }
}
