using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Frontier;

public sealed class FrontierErrorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<FrontierWire, int, string, string, ModelError, string> Refusals => new()
    {
        { FrontierWire.OpenAI, 401, "Incorrect API key provided: sk-test-****cdef. Find yours at our site.", "invalid_api_key", ModelError.KeyRefused, "'HOST' refused the key (status 401: Incorrect API key provided: (a key) Find yours at our site); give it another with 'pai frontier key test'." },
        { FrontierWire.Anthropic, 401, "invalid x-api-key", "authentication_error", ModelError.KeyRefused, "'HOST' refused the key (status 401: invalid x-api-key); give it another with 'pai frontier key test'." },
        { FrontierWire.Anthropic, 403, $"{FrontierSandbox.Secret} may not", "permission_error", ModelError.KeyRefused, "'HOST' refused the key (status 403: (a key) may not); give it another with 'pai frontier key test'." },
        { FrontierWire.OpenAI, 429, "You exceeded your current quota.", "insufficient_quota", ModelError.CreditSpent, "The credit at 'HOST' is spent (status 429: You exceeded your current quota)." },
        { FrontierWire.Anthropic, 400, "Your credit balance is too low to access the API.", "invalid_request_error", ModelError.CreditSpent, "The credit at 'HOST' is spent (status 400: Your credit balance is too low to access the API)." },
        { FrontierWire.OpenAI, 400, "This model's maximum context length is 8192 tokens.", "context_length_exceeded", ModelError.PromptTooLong, "The request is too long for 'some-model' at 'HOST' (status 400: This model's maximum context length is 8192 tokens); send less." },
        { FrontierWire.Anthropic, 400, "prompt is too long: 210000 tokens > 200000 maximum", "invalid_request_error", ModelError.PromptTooLong, "The request is too long for 'some-model' at 'HOST' (status 400: prompt is too long: 210000 tokens > 200000 maximum); send less." },
        { FrontierWire.OpenAI, 404, "The model `some-model` does not exist", "model_not_found", ModelError.NotFound, "'HOST' has no model 'some-model', or nothing at this address (status 404: The model `some-model` does not exist); check both." },
        { FrontierWire.OpenAI, 429, "Rate limit reached", "rate_limit_exceeded", ModelError.RateLimited, "'HOST' has been asked too often (status 429: Rate limit reached); try again later." },
        { FrontierWire.Anthropic, 529, "Overloaded", "overloaded_error", ModelError.Busy, "'HOST' is overloaded (status 529: Overloaded); try again later." },
        { FrontierWire.OpenAI, 422, "bad", "x", ModelError.Unsupported, "'HOST' refused the request (status 422: bad)." },
        { FrontierWire.Anthropic, 500, "Internal server error", "api_error", ModelError.Network, "'HOST' failed (status 500: Internal server error); try again later." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_says_host_status_and_the_server_s_words_without_the_key(FrontierWire wire, int status, string words, string code, ModelError kind, string sentence)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.JsonAsync(status, WireText.Refusal(wire, words, code)));

        var error = await model.FailAsync();

        Assert.Equal((kind, sentence.Replace("HOST", model.Host, StringComparison.Ordinal)), (error.Error, error.Message));
        Assert.DoesNotContain(FrontierSandbox.Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Single(model.Server.Requests);
    }

    [Theory]
    [InlineData("""{"error":"model \"x\" not found, try pulling it first"}""", ": model \"x\" not found, try pulling it first")]
    [InlineData("""{"object":"error","message":"The model does not exist.","type":"NotFoundError","code":404}""", ": The model does not exist")]
    [InlineData("""{"detail":"Not Found"}""", ": Not Found")]
    [InlineData("404 page not found\n", ": 404 page not found")]
    [InlineData("<html><body>Not found</body></html>", "")]
    [InlineData("", "")]
    [InlineData("""{"error":{"message":"a\u001b[31m\u202e b\n\nc","code":7}}""", ": a [31m b c")]
    public async Task The_words_of_servers_of_one_s_own_are_understood_and_made_harmless(string body, string said)
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.OpenAI, reply => reply.TextAsync(404, body, "text/plain"));

        var error = await model.FailAsync();

        Assert.Equal($"'{model.Host}' has no model 'some-model', or nothing at this address (status 404{said}); check both.", error.Message);
    }

    [Fact]
    public async Task Words_without_an_end_are_cut()
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.OpenAI, reply => reply.TextAsync(500, new string('x', 1_000_000), "text/plain"));

        var error = await model.FailAsync();

        Assert.Equal($"'{model.Host}' failed (status 500: {new string('x', 300)}…); try again later.", error.Message);
    }

    [Fact]
    public async Task Nobody_is_followed_elsewhere()
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.Anthropic, reply => reply.TextAsync(302, "", "text/plain", ("Location", "https://elsewhere.example/")));

        var error = await model.FailAsync();

        Assert.Equal((ModelError.Network, $"'{model.Host}' sends requests elsewhere (status 302), which is not followed; correct its address."), (error.Error, error.Message));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_key_says_so()
    {
        var server = await FrontierServer.StartAsync(reply => reply.JsonAsync(401, "{}"));
        await using var model = FrontierSandbox.Of(server, FrontierWire.OpenAI, new FrontierOptions(), hasKey: false);

        var error = await model.FailAsync();

        Assert.Equal($"'{model.Host}' asks for a key (status 401); give it one with 'pai frontier key test'.", error.Message);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task A_server_that_is_not_there_cannot_be_reached(FrontierWire wire)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var http = FrontierSandbox.Client($"127.0.0.1:{port}");
        var model = new FrontierModel(new FrontierEndpoint("test", wire, new Uri($"http://127.0.0.1:{port}/v1")), "m", key: null, new FrontierOptions { Retries = 0 }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ModelException>(() => model.OpenChat(http).GetResponseAsync("Hello", cancellationToken: Stop));

        Assert.Equal((ModelError.Network, $"'127.0.0.1:{port}' cannot be reached (Connection refused); is it running?"), (error.Error, error.Message));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task A_server_that_nobody_vouches_for_gets_nothing(FrontierWire wire)
    {
        using var certificate = FrontierServer.MakeCertificate();
        var server = await FrontierServer.StartAsync(certificate, reply => reply.EventsAsync(WireText.Answer(wire)));
        await using var model = FrontierSandbox.Of(server, wire, new FrontierOptions());

        var error = await model.FailAsync();

        Assert.Equal(ModelError.Network, error.Error);
        Assert.Matches($"^'{model.Host}' did not prove who it is \\(.+\\); nothing was sent\\.$", error.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_whose_certificate_the_user_has_named_is_asked()
    {
        using var certificate = FrontierServer.MakeCertificate();
        var server = await FrontierServer.StartAsync(certificate, reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        var pin = new ServerTrust.Pinned(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
        await using var model = FrontierSandbox.Of(server, FrontierWire.OpenAI, new FrontierOptions(), trust: pin);

        var answer = await model.AskAsync();

        Assert.Equal(("Hello there.", "https"), (answer.Text, server.Address.Scheme));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task What_the_gate_or_a_capture_throws_comes_out_as_it_is_after_one_attempt(FrontierWire wire)
    {
        using var capture = new CapturedRequest();
        using var closed = Gates.Open().CreateClient(new EgressConsent(EgressPurpose.Frontier, "a test"));
        var model = new FrontierModel(new FrontierEndpoint("test", wire, new Uri("https://models.example/v1")), "m", key: null, new FrontierOptions(), TimeProvider.System);

        await Assert.ThrowsAsync<CapturedRequest.Captured>(() => model.OpenChat(capture.Client).GetResponseAsync("Hello", cancellationToken: Stop));
        var refusal = await Assert.ThrowsAsync<EgressDeniedException>(() => model.OpenChat(closed).GetResponseAsync("Hello", cancellationToken: Stop));

        Assert.Equal(1, capture.Count);
        Assert.Equal("Nothing was sent to 'models.example' (to ask a frontier model), because that destination has not been approved.", refusal.Message);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task What_a_handler_throws_while_the_answer_is_read_comes_out_as_it_is(FrontierWire wire)
    {
        using var handler = new InterruptedAnswer(WireText.Start(wire) + WireText.Piece(wire, "Hel"));
#pragma warning disable RS0030 // It reaches nothing.
        using var http = new HttpClient(handler);
#pragma warning restore RS0030
        var model = new FrontierModel(new FrontierEndpoint("test", wire, new Uri("https://models.example/v1")), "m", key: null, new FrontierOptions(), TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(() => model.OpenChat(http).GetResponseAsync("Hello", cancellationToken: Stop));

        Assert.Equal(1, handler.Count);
    }

    /// <summary>An answer in the middle of which a handler, such as one that counts a budget, says no.</summary>
    private sealed class InterruptedAnswer(string beginning) : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            var content = new StreamContent(new ThrowingStream(System.Text.Encoding.UTF8.GetBytes(beginning)));
            content.Headers.ContentType = new("text/event-stream");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }

    private sealed class ThrowingStream(byte[] beginning) : MemoryStream(beginning)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new InvalidOperationException("the budget is spent");
    }
}
