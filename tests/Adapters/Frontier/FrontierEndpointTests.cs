using PersonalAi.Adapters.Frontier;
using Xunit;

namespace PersonalAi.Tests.Adapters.Frontier;

public sealed class FrontierEndpointTests
{
    [Theory]
    [InlineData("https://192.168.1.5:8000/v1", true)]
    [InlineData("https://gpu.lan/v1", true)]
    [InlineData("https://notopenai.com/v1", true)]
    [InlineData("https://api.openai.com/v1", false)]
    [InlineData("https://EU.API.OpenAI.com:8443/v1", false)]
    [InlineData("https://openai.com./v1", false)]
    [InlineData("https://api.anthropic.com", false)]
    public void A_host_of_a_provider_is_never_one_s_own(string address, bool isSelfHosted)
    {
        var endpoint = new FrontierEndpoint("mine", FrontierWire.OpenAI, new Uri(address));

        Assert.Equal(isSelfHosted, endpoint.IsSelfHosted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("schlüssel")]
    public void A_key_that_cannot_stand_in_a_header_is_none(string text) =>
        Assert.Equal("A key has 1 to 4096 printable ASCII characters and no spaces.", Assert.Throws<FormatException>(() => new FrontierKey(text)).Message);

    [Fact]
    public void A_key_does_not_tell_itself() => Assert.Equal("(a key)", $"{new FrontierKey("sk-secret")}");

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("one two three", 5)]
    [InlineData("东西", 2)]
    public void Tokens_are_guessed_upwards(string text, int tokens) => Assert.Equal(tokens, TokenEstimate.Of(text));
}
