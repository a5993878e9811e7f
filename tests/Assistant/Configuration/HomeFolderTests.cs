using Xunit;

namespace PersonalAi.Tests.Assistant.Configuration;

public sealed class HomeFolderTests
{
    [Fact]
    public async Task A_home_folder_that_is_still_to_be_made_is_used_and_not_the_current_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not ask HOME.");
        using var pai = new PaiSandbox();
        var home = Path.Combine(pai.Data, "home");
        pai.Environment.Remove("PAI_DATA");
        pai.Environment["HOME"] = home;
        pai.Environment["XDG_DATA_HOME"] = "";

        var result = await pai.RunProcessAsync("config", "path");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(home, result.Output, StringComparison.Ordinal);
    }
}
