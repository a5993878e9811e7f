using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy;

/// <summary>What the gate lets out of packets, to whom, and how often.</summary>
public sealed class EgressPacketTests
{
    private const string Approved = "{\"question\":\"Which poem?\"}";
    private const string NotThePacket = "it is not the packet that you approved, or that packet was sent already";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EgressPurpose.Frontier, "to ask a frontier model")]
    [InlineData(EgressPurpose.SelfHosted, "to ask a model on a server of yours")]
    internal async Task Consent_without_a_packet_lets_nothing_out(EgressPurpose purpose, string words)
    {
        await using var server = await StartAsync();
        var consent = new EgressConsent(purpose, "a test");
        consent.Allow(server.Address.Authority);
        using var client = Gates.Open().CreateClient(consent);

        var refusal = await Assert.ThrowsAsync<EgressDeniedException>(() => PostAsync(client, server.Address));

        Assert.Equal($"Nothing was sent to '{server.Address.Authority}' ({words}), because that destination has not been approved.", refusal.Message);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("/v1/chat", "{\"question\":\"Which poem!\"}")]
    [InlineData("/v1/chat", "{\"question\":\"Which poem?\"} ")]
    [InlineData("/v1/chat", "")]
    [InlineData("/v1/chat?to=all", Approved)]
    [InlineData("/v1/chats", Approved)]
    public async Task Other_bytes_and_other_addresses_are_refused(string path, string body)
    {
        await using var server = await StartAsync();
        var address = new Uri(server.Address, "/v1/chat");
        using var client = Open(address);

        var refusal = await Assert.ThrowsAsync<EgressDeniedException>(() => PostAsync(client, new Uri(address, path), body));
        using var answer = await PostAsync(client, address);

        Assert.Equal($"Nothing was sent to '{address.Authority}' (to ask a model on a server of yours), because {NotThePacket}.", refusal.Message);
        Assert.Equal(Approved, Encoding.UTF8.GetString(Assert.Single(server.Requests).Body));
    }

    [Fact]
    public async Task Another_host_is_not_covered()
    {
        await using var server = await StartAsync();
        await using var other = await StartAsync();
        using var client = Open(server.Address);

        var refusal = await Assert.ThrowsAsync<EgressDeniedException>(() => PostAsync(client, other.Address));

        Assert.Equal($"Nothing was sent to '{other.Address.Authority}' (to ask a model on a server of yours), because that destination has not been approved.", refusal.Message);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task What_was_taken_goes_once(int status)
    {
        await using var server = await StartAsync(status);
        using var client = Open(server.Address);
        using var first = await PostAsync(client, server.Address);

        var refusal = await Assert.ThrowsAsync<EgressDeniedException>(() => PostAsync(client, server.Address));

        Assert.Equal($"Nothing was sent to '{server.Address.Authority}' (to ask a model on a server of yours), because {NotThePacket}.", refusal.Message);
        Assert.Equal((HttpStatusCode)status, first.StatusCode);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task What_was_not_taken_may_go_again_and_nothing_else(int status)
    {
        await using var server = await StartAsync(status, 200);
        using var client = Open(server.Address);
        using var first = await PostAsync(client, server.Address);

        await Assert.ThrowsAsync<EgressDeniedException>(() => PostAsync(client, server.Address, "{}"));
        using var second = await PostAsync(client, server.Address);
        await Assert.ThrowsAsync<EgressDeniedException>(() => PostAsync(client, server.Address));

        Assert.Equal(((HttpStatusCode)status, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal([Approved, Approved], server.Requests.Select(request => Encoding.UTF8.GetString(request.Body)));
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_has_taken_nothing()
    {
        await using var server = await StartAsync();
        var address = server.Address;
        await server.StopAsync();
        using var client = Open(address);

        var first = await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client, address));
        var second = await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client, address));

        Assert.Equal((HttpRequestError.ConnectionError, HttpRequestError.ConnectionError), (first.HttpRequestError, second.HttpRequestError));
    }

    [Fact]
    public async Task A_server_that_breaks_off_may_have_taken_it()
    {
        await using var server = await FrontierServer.StartAsync(reply => reply.BreakOffAsync());
        using var client = Open(server.Address);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client, server.Address));

        await Assert.ThrowsAsync<EgressDeniedException>(() => PostAsync(client, server.Address));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI, "Accept, Authorization, Content-Type, User-Agent")]
    [InlineData(FrontierWire.Anthropic, "anthropic-version, Authorization, Content-Type, User-Agent")]
    public async Task Only_the_headers_that_the_server_needs_go(FrontierWire wire, string names)
    {
        await using var server = await FrontierServer.StartAsync(reply => reply.EventsAsync(WireText.Answer(wire)));
        var model = new FrontierModel(new FrontierEndpoint("test", wire, wire == FrontierWire.OpenAI ? new Uri(server.Address, "/v1") : server.Address), "some-model", new FrontierKey("sk-test"), new FrontierOptions(), TimeProvider.System);
        var shown = await EgressGate.CaptureAsync(http => AskAsync(model, http));
        using var client = Open(shown.Address, shown.Body.AsSpan());

        await AskAsync(model, client);

        var request = Assert.Single(server.Requests);
        var arrived = request.Headers.Where(header => header.Key is not ("Host" or "Content-Length")).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase).ToList();
        var told = shown.Headers.OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase).Select(header => (header.Name, header.Value));
        Assert.Equal(names, string.Join(", ", arrived.Select(header => header.Key)));
        Assert.Equal(("pai", "Bearer sk-test"), (request.Headers["User-Agent"], request.Headers["Authorization"]));
        Assert.Equal(arrived.Select(header => (header.Key, header.Key == "Authorization" ? "(your key)" : header.Value)), told);
        Assert.Equal(shown.Body, request.Body);
    }

    [Fact]
    public async Task Whom_nobody_vouches_for_gets_nothing_but_where_the_certificate_is_pinned()
    {
        using var certificate = FrontierServer.MakeCertificate();
        await using var server = await FrontierServer.StartAsync(certificate, reply => reply.JsonAsync(200, "{}"));
        using var stranger = Open(server.Address);
        using var wrong = Open(server.Address, trust: new ServerTrust.Pinned(new string('0', 64)));
        using var pinned = Open(server.Address, trust: new ServerTrust.Pinned(Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))));

        var refusals = new[] { await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(stranger, server.Address)), await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(wrong, server.Address)) };
        using var answer = await PostAsync(pinned, server.Address);

        Assert.All(refusals, refusal => Assert.Equal(HttpRequestError.SecureConnectionError, refusal.HttpRequestError));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("127.0.0.2", true, false)]
    [InlineData("127.0.0.1", false, false)]
    public async Task An_authority_vouches_for_what_it_signed_by_that_name(string name, bool isTrusted, bool isReached)
    {
        using var scratch = new ScratchFolder();
        using var authority = MakeAuthority();
        using var other = MakeAuthority();
        await File.WriteAllTextAsync(scratch["ca.pem"], (isTrusted ? authority : other).ExportCertificatePem(), Stop);
        using var certificate = Sign(authority, name);
        await using var server = await FrontierServer.StartAsync(certificate, reply => reply.JsonAsync(200, "{}"));
        using var client = Open(server.Address, trust: new ServerTrust.Authority(scratch["ca.pem"]));

        var refusal = await Record.ExceptionAsync(() => PostAsync(client, server.Address));

        Assert.Equal(isReached ? null : HttpRequestError.SecureConnectionError, (refusal as HttpRequestException)?.HttpRequestError);
        Assert.Equal(isReached ? 1 : 0, server.Requests.Count);
    }

    [Theory]
    [InlineData(null, "The authority in '{0}' cannot be read (Could not find file '{0}'); correct its path in frontier.servers.")]
    [InlineData("", "The file '{0}' holds no certificate in PEM; correct its path in frontier.servers.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "The file '{0}' holds no certificate in PEM; correct its path in frontier.servers.")]
    public async Task An_authority_that_cannot_be_read_is_named(string? text, string message)
    {
        using var scratch = new ScratchFolder();
        if (text is not null)
        {
            await File.WriteAllTextAsync(scratch["ca.pem"], text, Stop);
        }

        var error = Assert.Throws<UsageException>(() => Open(new Uri("https://192.0.2.1/"), trust: new ServerTrust.Authority(scratch["ca.pem"])));

        Assert.Equal(message.Replace("{0}", scratch["ca.pem"], StringComparison.Ordinal), error.Message);
    }

    // Answers with these statuses, the last one again and again.
    private static Task<FrontierServer> StartAsync(params int[] statuses) =>
        FrontierServer.StartAsync([.. statuses.DefaultIfEmpty(200).Select(status => (Func<FrontierReply, Task>)(reply => reply.JsonAsync(status, "{}")))]);

    private static HttpClient Open(Uri address, ReadOnlySpan<byte> body = default, ServerTrust? trust = null)
    {
        var consent = new EgressConsent(EgressPurpose.SelfHosted, "a test")
        {
            Packet = new ApprovedPacket(address, EgressHandler.HashOf(body.IsEmpty ? Encoding.UTF8.GetBytes(Approved) : body), 0, PacketCost.None),
            Trust = trust ?? new ServerTrust.System(),
        };
        consent.Allow(address.Authority);
        return Gates.Open().CreateClient(consent);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Uri address, string body = Approved)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        return await client.PostAsync(address, content, Stop);
    }

    private static async Task AskAsync(FrontierModel model, HttpClient http)
    {
        using var chat = model.OpenChat(http);
        await chat.GetResponseAsync([new ChatMessage(ChatRole.User, "Which poem?")], cancellationToken: Stop);
    }

    private static X509Certificate2 MakeAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=An authority of a test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
    }

    private static X509Certificate2 Sign(X509Certificate2 authority, string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=A server of a test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(name));
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        return signed.CopyWithPrivateKey(key);
    }
}
