using PersonalAi.Adapters.Llama.Speculation;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Speculation;

public sealed class PromptLookupTests
{
    [Fact]
    public void Proposes_what_followed_the_same_tokens_before() =>
        Assert.Equal([4, 5, 6], PromptLookup.Draft([1, 2, 3, 4, 5, 6, 7, 1, 2, 3], leastMatch: 3, count: 3));

    [Fact]
    public void The_newest_place_counts() =>
        Assert.Equal([9], PromptLookup.Draft([1, 2, 3, 4, 1, 2, 3, 9, 8, 1, 2, 3], leastMatch: 3, count: 1));

    [Fact]
    public void A_longer_match_goes_before_a_newer_one() =>
        Assert.Equal([5], PromptLookup.Draft([7, 1, 2, 3, 5, 8, 1, 2, 3, 9, 7, 1, 2, 3], leastMatch: 3, count: 1));

    [Fact]
    public void A_text_that_repeats_itself_is_followed() =>
        Assert.Equal([2, 1], PromptLookup.Draft([1, 2, 1, 2, 1, 2, 1, 2, 1], leastMatch: 3, count: 3));

    [Fact]
    public void Without_a_match_nothing_is_proposed() => Assert.Empty(PromptLookup.Draft([1, 2, 3, 4, 5, 6], leastMatch: 2, count: 4).ToArray());

    [Fact]
    public void A_short_text_has_no_match() => Assert.Empty(PromptLookup.Draft([1], leastMatch: 1, count: 4).ToArray());
}
