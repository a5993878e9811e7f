using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class SessionTitleTests
{
    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("\n\n  First   line \r\nsecond", "First line")]
    [InlineData(" \t\n", null)]
    [InlineData("", null)]
    public void The_first_line_of_a_prompt_is_the_title(string prompt, string? title) => Assert.Equal(title, SessionTitle.FromPrompt(prompt));

    [Fact]
    public void A_long_line_is_cut_between_whole_characters()
    {
        var family = "👨‍👩‍👧‍👦";

        var title = SessionTitle.FromPrompt(string.Concat(Enumerable.Repeat(family, 61)));

        Assert.Equal(string.Concat(Enumerable.Repeat(family, 59)) + "…", title);
    }
}
