using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn.Web;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class PageAddressTests
{
    [Theory]
    [InlineData("https://example.org/a?b=c#d", "https://example.org/a?b=c")]
    [InlineData("  http://Example.ORG ", "https://example.org/")]
    [InlineData("http://example.org:80/", "https://example.org/")]
    [InlineData("http://example.org:443/", "https://example.org/")]
    [InlineData("example.org/a b", "https://example.org/a%20b")]
    [InlineData("https://example.org./", "https://example.org/")]
    [InlineData("https://müller.example/ö", "https://xn--mller-kva.example/%C3%B6")]
    [InlineData("https://аpple.com/", "https://xn--pple-43d.com/")]
    [InlineData("https://0x7f.1/", "https://127.0.0.1/")]
    [InlineData("https://2130706433/", "https://127.0.0.1/")]
    [InlineData("https://[::ffff:7f00:1]/", "https://[::ffff:127.0.0.1]/")]
    public void Addresses_are_written_in_one_spelling(string address, string canonical) => Assert.Equal(canonical, PageAddress.Parse(address).AbsoluteUri);

    [Theory]
    [InlineData("https://user:secret@example.org/", "The address 'https://user:secret@example.org/' holds a user name: give it without what stands before the '@'.")]
    [InlineData("mailto:ann@example.org", "The address 'mailto:ann@example.org' holds a user name: give it without what stands before the '@'.")]
    [InlineData("https://example.org:8443/", "The address 'https://example.org:8443/' names port 8443: only 443, that of https, is asked.")]
    [InlineData("example.org:22", "The address 'example.org:22' names port 22: only 443, that of https, is asked.")]
    [InlineData("file:///etc/passwd", "'file:///etc/passwd' is no address of a web page: give one like 'https://example.org/page'.")]
    [InlineData("ftp://example.org/", "'ftp://example.org/' is no address of a web page: give one like 'https://example.org/page'.")]
    [InlineData("javascript:alert(1)", "'javascript:alert(1)' is no address of a web page: give one like 'https://example.org/page'.")]
    [InlineData("https://example.org\\@evil.example/", "'https://example.org\\@evil.example/' is no address of a web page: give one like 'https://example.org/page'.")]
    [InlineData("", "'' is no address of a web page: give one like 'https://example.org/page'.")]
    [InlineData("https://\u202Eexample.org /", "'https://\\u{202E}example.org /' is no address of a web page: give one like 'https://example.org/page'.")]
    public void What_is_no_address_of_a_page_is_refused(string address, string message) => Assert.Equal(message, Refused(address));

    [Fact]
    public void Long_addresses_carry_too_much_out() =>
        Assert.Equal("The address has 2020 characters: at most 2000 are sent.", Refused("https://example.org/" + new string('a', 2_000)));

    private static string Refused(string address) => Assert.Throws<ToolException>(() => PageAddress.Parse(address)).Message;
}
