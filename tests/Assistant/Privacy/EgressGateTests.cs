using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Ledger;
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
        using var client = Gates.Open().CreateClient(new EgressConsent(EgressPurpose.ModelDownload, "a test"));

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
        var consent = new EgressConsent(EgressPurpose.ModelDownload, "a test");
        consent.Allow(named.Authority);
        using var client = Gates.Open(logger: log).CreateClient(consent);

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
        var consent = new EgressConsent(EgressPurpose.ModelDownload, "a test");

        consent.Allow("example.org");

        Assert.Equal(covered, consent.Covers(new Uri(destination)));
    }

    [Fact]
    public async Task A_client_keeps_no_cookies_follows_no_redirects_and_says_nothing_about_the_person()
    {
        await using var server = new ModelServer(request => request.Path == "/"
            ? ServedAnswer.Text(302, "", ("Location", "/next"), ("Set-Cookie", "who=you"))
            : ServedAnswer.Text(200, ""));
        var consent = new EgressConsent(EgressPurpose.ModelDownload, "a test");
        consent.Allow(server.Authority);
        using var client = Gates.Open().CreateClient(consent);

        using var redirect = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);
        using var next = await client.GetAsync(new Uri(server.Address, "/next"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.All(server.Requests, request => Assert.Equal(new Dictionary<string, string> { ["Host"] = server.Authority, ["User-Agent"] = "pai" }, request.Headers));
        Assert.Equal(["/", "/next"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Every_request_stands_in_the_ledger_before_it_leaves_and_what_came_of_it_after()
    {
        using var scratch = new ScratchFolder();
        var ledger = new EgressLedger(new DataFolder(scratch.Path), TimeProvider.System);
        IReadOnlyList<LedgerEntry> before = [];
        await using var server = new ModelServer(_ =>
        {
            before = ReadAll(scratch["egress.jsonl"]);
            return ServedAnswer.Text(404, "");
        });
        var consent = new EgressConsent(EgressPurpose.ModelDownload, "a test");
        consent.Allow(server.Authority);
        using var client = new EgressGate(ledger, NullLogger<EgressGate>.Instance).CreateClient(consent);

        using var answer = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);

        var sent = Assert.Single(before);
        Assert.Equal(
            (LedgerEvent.Sent, EgressPurpose.ModelDownload, $"http://{server.Authority}", consent.Id, "a test", "GET", 0L),
            (sent.Event, sent.Purpose, sent.Destination, sent.Consent, sent.Ground, sent.Method, sent.Bytes));
        Assert.Equal((LedgerEvent.Answered, 1L, 404), ReadAll(scratch["egress.jsonl"])[1] is var told ? (told.Event, told.Request!.Value, told.Status!.Value) : default);
    }

    [Fact]
    public async Task What_cannot_be_written_down_does_not_leave()
    {
        using var scratch = new ScratchFolder();
        Directory.CreateDirectory(scratch["egress.jsonl"]);
        await using var server = new ModelServer(_ => ServedAnswer.Text(200, "here"));
        var consent = new EgressConsent(EgressPurpose.ModelDownload, "a test");
        consent.Allow(server.Authority);
        using var client = new EgressGate(new EgressLedger(new DataFolder(scratch.Path), TimeProvider.System), NullLogger<EgressGate>.Instance).CreateClient(consent);

        await Assert.ThrowsAsync<LedgerException>(() => client.GetAsync(server.Address, TestContext.Current.CancellationToken));

        Assert.Empty(server.Requests);
    }

    private static List<LedgerEntry> ReadAll(string path) => [.. File.ReadAllLines(path).Select(line => LedgerLine.Read(line)!)];

    private sealed class RecordedLog : ILogger<EgressGate>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
