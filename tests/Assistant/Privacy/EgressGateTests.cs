using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy;

public sealed class EgressGateTests
{
    [Fact]
    public async Task A_request_is_refused_before_any_connection_is_made()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/model.gguf");
        using var client = new EgressGate(NullLogger<EgressGate>.Instance).CreateClient(EgressPurpose.ModelDownload);

        var asynchronous = await Assert.ThrowsAsync<EgressDeniedException>(() => client.GetAsync(address, TestContext.Current.CancellationToken));
        var synchronous = Assert.Throws<EgressDeniedException>(() => client.Send(new HttpRequestMessage(HttpMethod.Post, address), TestContext.Current.CancellationToken));

        Assert.Equal($"Nothing was sent to '{address.Authority}' (to download a model), because that destination has not been approved.", asynchronous.Message);
        Assert.Equal((asynchronous.Message, address, EgressPurpose.ModelDownload), (synchronous.Message, synchronous.Destination, synchronous.Purpose));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Consent_lets_requests_through_to_the_hosts_that_were_named_and_to_no_other()
    {
        await using var named = new ModelServer(_ => ServedAnswer.Text(200, "here"));
        await using var other = new ModelServer(_ => ServedAnswer.Text(200, "there"));
        var log = new RecordedLog();
        var consent = new EgressConsent(EgressPurpose.ModelDownload);
        consent.Allow(named.Authority);
        using var client = new EgressGate(log).CreateClient(consent);

        var answer = await client.GetStringAsync(named.Address, TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<EgressDeniedException>(() => client.GetAsync(other.Address, TestContext.Current.CancellationToken));

        Assert.Equal("here", answer);
        Assert.Equal(other.Address, refusal.Destination);
        Assert.Empty(other.Requests);
        Assert.Equal(
            [
                $"Information: Sent a request to {named.Authority} for ModelDownload, to which the user consented.",
                $"Warning: Refused a request to {other.Authority} for ModelDownload.",
            ],
            log.Lines);
    }

    [Theory]
    [InlineData("https://example.org/a", true)]
    [InlineData("https://example.org:443/a", true)]
    [InlineData("http://example.org/a", false)]
    [InlineData("https://example.org:8443/a", false)]
    [InlineData("https://sub.example.org/a", false)]
    [InlineData("ftp://example.org/a", false)]
    public void Consent_is_for_one_host_and_port_encrypted(string destination, bool covered)
    {
        var consent = new EgressConsent(EgressPurpose.ModelDownload);

        consent.Allow("example.org");

        Assert.Equal(covered, consent.Covers(new Uri(destination)));
    }

    [Fact]
    public async Task A_client_keeps_no_cookies_follows_no_redirects_and_says_nothing_about_the_person()
    {
        await using var server = new ModelServer(request => request.Path == "/"
            ? ServedAnswer.Text(302, "", ("Location", "/next"), ("Set-Cookie", "who=you"))
            : ServedAnswer.Text(200, ""));
        var consent = new EgressConsent(EgressPurpose.ModelDownload);
        consent.Allow(server.Authority);
        using var client = new EgressGate(NullLogger<EgressGate>.Instance).CreateClient(consent);

        using var redirect = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);
        using var next = await client.GetAsync(new Uri(server.Address, "/next"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.All(server.Requests, request => Assert.Equal(new Dictionary<string, string> { ["Host"] = server.Authority, ["User-Agent"] = "pai" }, request.Headers));
        Assert.Equal(["/", "/next"], server.Requests.Select(request => request.Path));
    }

    private sealed class RecordedLog : ILogger<EgressGate>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
