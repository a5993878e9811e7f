using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class FetchPageToolTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_fetched_and_read()
    {
        await using var web = OneServerWeb.Of("<title>Greeting</title><p>Hello");

        Assert.Equal("Title: Greeting\n\nHello", await web.FetchPage().CallAsync(new { url = "http://PAGES.example/a?b#c" }, Token));
        var request = Assert.Single(web.Server.Requests);
        Assert.Equal("/a?b", request.Path);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Host"] = "pages.example",
                ["User-Agent"] = "pai",
                ["Accept"] = "text/html, application/xhtml+xml, text/plain, text/markdown, application/json",
                ["Accept-Encoding"] = "gzip, deflate, br",
            },
            request.Headers);
    }

    [Fact]
    public async Task It_says_which_host_it_reaches_and_where_its_words_come_from()
    {
        await using var web = OneServerWeb.Of("");
        var tool = web.FetchPage();

        Assert.Equal((ToolRisk.LeavesMachine, ToolTrust.Untrusted), (tool.Risk, tool.Trust));
        Assert.Equal(["xn--mller-kva.example"], tool.ReachOf(Url("http://Müller.example./x")).Hosts);
        Assert.Equal("the page https://xn--mller-kva.example/x", tool.OriginOf(Url("http://Müller.example./x")));
        Assert.Equal(([], "a page"), (tool.ReachOf(Url("file:///etc/passwd")).Hosts, tool.OriginOf(Url("file:///etc/passwd"))));
    }

    [Theory]
    [InlineData("https://127.0.0.1/", "127.0.0.1")]
    [InlineData("https://2130706433/", "127.0.0.1")]
    [InlineData("https://0177.1/", "127.0.0.1")]
    [InlineData("https://localhost/", "localhost")]
    [InlineData("https://localhost./", "localhost")]
    [InlineData("https://[::1]/", "[::1]")]
    [InlineData("https://[::ffff:127.0.0.1]/", "[::ffff:127.0.0.1]")]
    [InlineData("https://[64:ff9b::7f00:1]/", "[64:ff9b::7f00:1]")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "169.254.169.254")]
    [InlineData("https://192.168.178.1/", "192.168.178.1")]
    [InlineData("https://0.0.0.0/", "0.0.0.0")]
    public async Task Addresses_that_are_not_public_are_not_connected_to(string url, string host)
    {
        var tool = FetchPageTool.Create(Gates.Open().CreateWebClient, TimeProvider.System);

        Assert.EndsWith($"cannot be read: '{host}' has no public address, and others are not connected to.", await tool.RefuseAsync(new { url }, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to()
    {
        await using var web = OneServerWeb.Of("secret");
        var route = web.Route with { Admits = PublicAddress.Includes };

        Assert.Equal(
            "'https://pages.example/' cannot be read: 'pages.example' has no public address, and others are not connected to.",
            await web.FetchPage(route).RefuseAsync(new { url = "pages.example" }, Token));
        Assert.Empty(web.Server.Requests);
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_what_was_looked_at_is_connected_to()
    {
        await using var web = OneServerWeb.Of("<p>Hello");
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("10.0.0.1"), IPAddress.Loopback], [IPAddress.Parse("10.0.0.1")]]);
        List<IPAddress> looked = [];
        var route = web.Route with
        {
            ResolveAsync = (_, _) => Task.FromResult(answers.Dequeue()),
            Admits = address =>
            {
                looked.Add(address);
                return address.Equals(IPAddress.Loopback);
            },
        };

        Assert.Equal("Hello", await web.FetchPage(route).CallAsync(new { url = "pages.example" }, Token));
        Assert.Equal([IPAddress.Parse("10.0.0.1"), IPAddress.Loopback], looked);
        Assert.Single(answers);
    }

    [Fact]
    public async Task A_host_must_prove_who_it_is()
    {
        await using var web = OneServerWeb.Of("<p>Hello");

        Assert.Equal(
            "'https://pages.example/' cannot be read: The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot.",
            await web.FetchPage(web.Route with { TrustedRoots = null }).RefuseAsync(new { url = "pages.example" }, Token));
        Assert.Equal(
            "'https://other.example/' cannot be read: The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch.",
            await web.FetchPage().RefuseAsync(new { url = "other.example" }, Token));
        Assert.Empty(web.Server.Requests);
    }

    [Fact]
    public async Task Redirects_are_followed_at_the_same_host_only()
    {
        await using var web = new OneServerWeb(request => request.Path switch
        {
            "/start" => ServedAnswer.Text(301, "", ("Location", "http://pages.example/next")),
            "/next" => ServedAnswer.Text(307, "", ("Location", "end")),
            "/away" => ServedAnswer.Text(302, "", ("Location", "https://evil.example/?stolen=1")),
            "/inwards" => ServedAnswer.Text(302, "", ("Location", "https://127.0.0.1/")),
            "/port" => ServedAnswer.Text(302, "", ("Location", "https://pages.example:8080/")),
            "/file" => ServedAnswer.Text(302, "", ("Location", "file:///etc/passwd")),
            "/ring" => ServedAnswer.Text(302, "", ("Location", "/ring")),
            _ => ServedAnswer.Text(200, "here", ("Content-Type", "text/plain")),
        });

        Assert.Equal("here", await web.FetchPage().CallAsync(new { url = "pages.example/start" }, Token));
        Assert.Equal(
            "'https://pages.example/away' leads on to 'https://evil.example/?stolen=1' at another host: call fetch_page with that address if it is what the user wants.",
            await RefuseAsync("/away"));
        Assert.Equal(
            "'https://pages.example/inwards' leads on to 'https://127.0.0.1/' at another host: call fetch_page with that address if it is what the user wants.",
            await RefuseAsync("/inwards"));
        Assert.Equal("The address 'https://pages.example:8080/' names port 8080: only 443, that of https, is asked.", await RefuseAsync("/port"));
        Assert.Equal("'file:///etc/passwd' is no address of a web page: give one like 'https://example.org/page'.", await RefuseAsync("/file"));
        Assert.Equal("'https://pages.example/ring' leads on more than 5 times: it is not followed further.", await RefuseAsync("/ring"));
        Assert.Equal(["pages.example"], web.Resolved.Distinct());

        Task<string> RefuseAsync(string path) => web.FetchPage().RefuseAsync(new { url = $"pages.example{path}" }, Token);
    }

    [Fact]
    public async Task What_is_no_text_and_what_is_not_there_is_refused()
    {
        await using var web = new OneServerWeb(request => request.Path switch
        {
            "/photo" => new ServedAnswer(200, [1, 2, 3], ("Content-Type", "image/png")),
            "/nothing" => new ServedAnswer(200, [1, 2, 3]),
            _ => ServedAnswer.Text(404, "gone", ("Content-Type", "text/html")),
        });
        var tool = web.FetchPage();

        Assert.Equal("What is there is of type 'image/png': only pages and plain text can be read.", await tool.RefuseAsync(new { url = "pages.example/photo" }, Token));
        Assert.Equal("What is there is of type 'unknown': only pages and plain text can be read.", await tool.RefuseAsync(new { url = "pages.example/nothing" }, Token));
        Assert.Equal("'https://pages.example/else' answered 404 NotFound.", await tool.RefuseAsync(new { url = "pages.example/else" }, Token));
    }

    [Fact]
    public async Task A_long_page_is_given_in_parts()
    {
        await using var web = OneServerWeb.Of(string.Join('\n', Enumerable.Range(1, 3_000).Select(number => $"line {number}")), "text/plain");
        var tool = web.FetchPage();

        var first = await tool.CallAsync(new { url = "pages.example" }, Token);
        var second = await tool.CallAsync(new { url = "pages.example", part = 2 }, Token);

        Assert.EndsWith("\nline 678\n[Part 1 of 5.]", first, StringComparison.Ordinal);
        Assert.StartsWith("line 679\n", second, StringComparison.Ordinal);
        Assert.Equal("The page has 5 parts: there is no part 7.", await tool.RefuseAsync(new { url = "pages.example", part = 7 }, Token));
    }

    [Fact]
    public async Task Of_what_has_no_end_only_the_beginning_is_read()
    {
        // What comes after the first 2 MB never arrives, so that reading on would not end.
        await using var web = new OneServerWeb(_ => new ServedAnswer(200, Encoding.ASCII.GetBytes(new string('a', 3_000_000)), ("Content-Type", "text/plain")) { StopsAfter = 2_000_001, FallsSilent = true });

        Assert.EndsWith("a\n[Only the first 2 MB were read.]\n[Part 334 of 334.]", await web.FetchPage().CallAsync(new { url = "pages.example", part = 334 }, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_small_answer_that_unpacks_to_a_huge_one_is_not_unpacked(string packing)
    {
        var packed = new MemoryStream();
        await using (Stream stream = packing == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest) : new BrotliStream(packed, CompressionLevel.Fastest))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('a', 60_000_000)), Token);
        }

        var bytes = packed.ToArray();
        await using var web = new OneServerWeb(_ => new ServedAnswer(200, bytes, ("Content-Type", "text/plain"), ("Content-Encoding", packing)) { StopsAfter = bytes.Length / 2, FallsSilent = true });

        Assert.EndsWith("a\n[Only the first 2 MB were read.]\n[Part 334 of 334.]", await web.FetchPage().CallAsync(new { url = "pages.example", part = 334 }, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_server_that_falls_silent_is_not_waited_for(int after)
    {
        var asked = new TaskCompletionSource();
        await using var web = new OneServerWeb(_ =>
        {
            asked.SetResult();
            return ServedAnswer.Text(200, "a page that never ends", ("Content-Type", "text/html")) with { StopsAfter = after, FallsSilent = true };
        });
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var refusal = web.FetchPage(time: time).RefuseAsync(new { url = "pages.example" }, Token);
        await asked.Task.WaitAsync(Token);
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("'https://pages.example/' was not read within 30 seconds.", await refusal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_or_is_damaged_is_not_taken_for_a_whole_one()
    {
        await using var web = new OneServerWeb(request => request.Path == "/short"
            ? ServedAnswer.Text(200, "a page that ends too soon", ("Content-Type", "text/html")) with { StopsAfter = 5 }
            : new ServedAnswer(200, [1, 2, 3], ("Content-Type", "text/html"), ("Content-Encoding", "gzip")));
        var tool = web.FetchPage();

        Assert.StartsWith("'https://pages.example/short' cannot be read: The response ended prematurely", await tool.RefuseAsync(new { url = "pages.example/short" }, Token), StringComparison.Ordinal);
        Assert.StartsWith("'https://pages.example/zip' cannot be read: The archive entry was compressed using an unsupported", await tool.RefuseAsync(new { url = "pages.example/zip" }, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "iso-8859-1", "Grüße")]
    [InlineData("text/plain; charset=\"koi8-r\"", "koi8-r", "Привет")]
    [InlineData("text/plain", "utf-8", "Grüße")]
    [InlineData("text/plain", "windows-1252", "Grüße – 3 €")]
    [InlineData("text/plain; charset=nonsense", "utf-8", "Grüße")]
    [InlineData("text/html", "shift_jis", "<meta charset=shift_jis><p>こんにちは")]
    [InlineData("text/html", "utf-16", "<p>Grüße")]
    public async Task Text_is_read_in_the_encoding_that_it_has(string type, string encoding, string text)
    {
        var written = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] bytes = [.. written.GetPreamble(), .. written.GetBytes(text)];
        await using var web = new OneServerWeb(_ => new ServedAnswer(200, bytes, ("Content-Type", type)));

        Assert.Equal(text.Split('>')[^1], await web.FetchPage().CallAsync(new { url = "pages.example" }, Token));
    }

    private static JsonElement Url(string url) => JsonSerializer.SerializeToElement(new { url });
}
