using PersonalAi.Assistant.Terminal;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class DidYouMeanTests
{
    [Theory]
    [InlineData("codr", "coder")]
    [InlineData("Writer", "writer")]
    [InlineData("wirter", "writer")]
    [InlineData("chef", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_offered_only_when_it_is_near(string word, string? expected) =>
        Assert.Equal(expected, DidYouMean.Closest(word, ["coder", "tutor", "writer"]));

    [Fact]
    public void A_word_that_is_near_to_nothing_gets_the_whole_list() =>
        Assert.Equal("there are coder, tutor.", DidYouMean.Ending("chef", ["coder", "tutor"]));
}
