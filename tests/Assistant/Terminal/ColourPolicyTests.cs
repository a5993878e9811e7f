using PersonalAi.Assistant.Terminal;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class ColourPolicyTests
{
    [Theory]
    [InlineData(true, false, null, "xterm-256color", true)]
    [InlineData(true, false, "", null, true)]
    [InlineData(false, false, null, "xterm", false)]
    [InlineData(true, true, null, "xterm", false)]
    [InlineData(true, false, "1", "xterm", false)]
    [InlineData(true, false, null, "dumb", false)]
    public void Colours_need_a_terminal_and_nobody_who_refuses(bool isTerminal, bool refused, string? noColor, string? term, bool allowed)
    {
        var policy = new ColourPolicy(refused, name => name == "NO_COLOR" ? noColor : term);

        Assert.Equal(allowed, policy.AllowsOn(isTerminal));
    }
}
