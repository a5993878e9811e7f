using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;
using Xunit;

namespace PersonalAi.Tests.Assistant.Frontier;

public sealed class FrontierDestinationsTests
{
    private const string Pin = "AB:cd" + "ef0123456789ef0123456789ef0123456789ef0123456789ef0123456789";

    [Fact]
    public void A_line_enters_a_server_with_all_its_words()
    {
        var plain = OwnServer.Parse("local http://127.0.0.1:8080/v1 key:none");
        var pinned = OwnServer.Parse($"home https://192.168.1.5:8000/v1 pin:sha256:{Pin}");
        var authority = OwnServer.Parse("  lab\thttps://gpu.lan wire:anthropic ca:/etc/lab/ca.pem ");

        Assert.Equal(new OwnServer(new FrontierEndpoint("local", FrontierWire.OpenAI, new Uri("http://127.0.0.1:8080/v1")), new ServerTrust.System(), NeedsKey: false), plain);
        Assert.Equal(new ServerTrust.Pinned("abcdef0123456789ef0123456789ef0123456789ef0123456789ef0123456789"), pinned.Trust);
        Assert.Equal(new OwnServer(new FrontierEndpoint("lab", FrontierWire.Anthropic, new Uri("https://gpu.lan")), new ServerTrust.Authority("/etc/lab/ca.pem"), NeedsKey: true), authority);
    }

    [Theory]
    [InlineData("home", "'home' has no name and address; write it as 'home https://192.168.1.5:8000/v1'.")]
    [InlineData("Home! https://a.lan", "'Home!' cannot be the name of a server; use up to 32 of a-z, 0-9, '-' and '_'.")]
    [InlineData("openai https://a.lan", "'openai' is the name of a provider; choose another name.")]
    [InlineData("none https://a.lan", "'none' stands for no server; choose another name.")]
    [InlineData("home a.lan", "'a.lan' is no address; write it as 'https://192.168.1.5:8000/v1'.")]
    [InlineData("home ftp://a.lan", "'ftp://a.lan' is no address of the web; it begins with https://.")]
    [InlineData("home http://192.168.1.5/v1", "'http://192.168.1.5/v1' is not encrypted, and not on this machine; use https.")]
    [InlineData("home https://key@a.lan", "A key does not belong into an address; keep it with 'pai frontier key NAME'.")]
    [InlineData("home https://a.lan/?key=1", "'https://a.lan/?key=1' has more than a host and a path; leave out what begins with '?' or '#'.")]
    [InlineData("home https://a.lan pin:sha256:12", "'12' is no SHA-256; it has 64 hexadecimal digits.")]
    [InlineData("home https://a.lan ca:ca.pem", "'ca.pem' must be an absolute path.")]
    [InlineData("home https://a.lan wire:gemini", "'gemini' is no wire; there are openai and anthropic.")]
    [InlineData("home https://a.lan trust:me", "'trust:me' is not known; there are pin:sha256:HEX, ca:PATH, wire:anthropic and key:none.")]
    public void A_line_that_is_wrong_says_what(string line, string sentence)
    {
        var isRead = OwnServer.TryParse(line, out _, out var problem);

        Assert.False(isRead);
        Assert.Equal(sentence, problem);
    }

    [Theory]
    [InlineData("openai/gpt-4o", false, "api.openai.com")]
    [InlineData("home/org/model:7b", true, "192.168.1.5:8000")]
    [InlineData("lab/m", true, "gpu.lan")]
    [InlineData("here/m", true, "localhost:8080")]
    [InlineData("rented/m", false, "models.example")]
    [InlineData("proxy/m", false, "api.openai.com")]
    public void A_model_is_the_user_s_own_only_where_something_of_the_user_s_vouches_for_its_server(string reference, bool isOwn, string authority)
    {
        var destinations = new FrontierDestinations(new FrontierSettings
        {
            Servers =
            [
                $"home https://192.168.1.5:8000/v1 pin:sha256:{Pin}", "lab https://gpu.lan/v1 ca:/ca.pem", "here http://localhost:8080/v1",
                "rented https://models.example/v1", $"proxy https://api.openai.com/v1 pin:sha256:{Pin}",
            ],
        });

        var destination = destinations.Find(reference);

        Assert.Equal((reference, isOwn, authority), (destination.Reference, destination.Class == TrustClass.SelfHosted, destination.Authority));
    }

    [Theory]
    [InlineData("gpt-4o", "'gpt-4o' names no model elsewhere; write it as SERVER/MODEL, such as 'anthropic/MODEL' (see 'pai frontier list').")]
    [InlineData("openai/", "'openai/' names no model elsewhere; write it as SERVER/MODEL, such as 'anthropic/MODEL' (see 'pai frontier list').")]
    [InlineData("opnai/gpt-4o", "'opnai' is no server of models elsewhere; did you mean 'openai'?")]
    [InlineData("somewhere/m", "'somewhere' is no server of models elsewhere; there are openai, anthropic.")]
    public void A_reference_that_names_nothing_says_so(string reference, string sentence)
    {
        var destinations = new FrontierDestinations(new FrontierSettings());

        var error = Assert.Throws<UsageException>(() => destinations.Find(reference));

        Assert.Equal(sentence, error.Message);
    }

    [Fact]
    public void Two_servers_have_two_names()
    {
        var settings = new FrontierSettings { Servers = ["a https://one.lan", "a https://two.lan"] };

        var error = Assert.Throws<UsageException>(() => new FrontierDestinations(settings));

        Assert.Equal("Two entries of frontier.servers are named 'a'; rename one.", error.Message);
        Assert.Null(new FrontierDestinations(new FrontierSettings()).Default);
    }
}
