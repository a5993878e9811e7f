using Microsoft.Extensions.Logging;
using PersonalAi.Assistant.Logging;
using Xunit;

namespace PersonalAi.Tests.Assistant.Logging;

public sealed class LogFilesTests : IDisposable
{
    private readonly PaiSandbox _pai = new();

    private string Folder => Path.Combine(_pai.Data, "logs");

    public void Dispose() => _pai.Dispose();

    [Fact]
    public void Messages_of_the_chosen_level_go_to_a_file_that_only_its_owner_reads()
    {
        using (var logging = LogFiles.Open(Folder, LogLevel.Information, echo: null))
        {
            var logger = logging.CreateLogger("Engine");
            logger.LogDebug("hidden");
            logger.LogInformation("Loaded 22 layers.");
        }

        var file = Assert.Single(Directory.GetFiles(Folder));
        Assert.Matches(@"^pai-\d{8}\.log$", Path.GetFileName(file));
        Assert.Matches(@"^\S+ \S+ \S+ \[INF\] Engine: Loaded 22 layers\.\n$", _pai.Read(file));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Seven_files_are_kept()
    {
        for (var day = 1; day <= 9; day++)
        {
            _pai.Write($"logs/pai-2025010{day}.log", "old");
        }

        using (var logging = LogFiles.Open(Folder, LogLevel.Information, echo: null))
        {
            logging.CreateLogger("Engine").LogInformation("New.");
        }

        string[] files = [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal((7, "pai-20250104.log"), (files.Length, files[0]));
    }

    [Fact]
    public void No_file_is_made_before_the_first_message()
    {
        using var logging = LogFiles.Open(Folder, LogLevel.Information, echo: null);

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void Verbose_runs_see_the_messages_too()
    {
        var echo = new StringWriter();

        using (var logging = LogFiles.Open(Folder, LogLevel.Debug, echo))
        {
            logging.CreateLogger("Engine").LogDebug("Loaded.");
        }

        Assert.Equal("Debug: Loaded.", echo.ToString().TrimEnd());
    }
}
