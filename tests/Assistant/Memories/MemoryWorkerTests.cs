using Xunit;

namespace PersonalAi.Tests.Assistant.Memories;

public sealed class MemoryWorkerTests
{
    private static readonly string[] Short = ["--max-tokens", "4", "--temperature", "0"];

    [Fact]
    public async Task What_the_user_tells_is_remembered_and_what_came_through_a_pipe_is_not()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "I live in Oslo and my name is Klaus.";

        await pai.RunAsync(["ask", "I live in Porto, and my salary is 41,000 pounds.", "-", .. Short]);
        await pai.RunAsync(["ask", "--no-memory", "I own a boat in Leeds.", .. Short]);
        var facts = await pai.RunAsync(["memory"]);
        var inbox = await pai.RunAsync(["memory", "inbox"]);

        Assert.Contains("The user lives in Porto.", facts.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Oslo", facts.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Leeds", facts.Output, StringComparison.Ordinal);
        Assert.Contains("money", inbox.Output, StringComparison.Ordinal);
        Assert.Contains("The user's salary is 41,000 pounds.", inbox.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_where_that_is_configured()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Environment["PAI_MEMORY_WRITE"] = "off";

        await pai.RunAsync(["ask", "I live in Porto.", .. Short]);
        var facts = await pai.RunAsync(["memory", "--json"]);

        Assert.Equal("[]", facts.Output.Trim());
    }
}
