using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy;

/// <summary>
/// The one place that hands out an <see cref="HttpClient"/>. Without the user's consent its clients refuse every request before a
/// connection is tried; with it they reach the hosts that were named, for the purpose that was named, and no other.
/// </summary>
/// <param name="ledger">Every request stands in it before it leaves.</param>
/// <param name="logger">Told of every request, refused or not.</param>
/// <param name="web">How tools reach the web; only tests give another one.</param>
internal sealed class EgressGate(EgressLedger ledger, ILogger<EgressGate> logger, WebRoute? web = null)
{
    /// <summary>What servers are told of this program: its name, since some refuse a client without one, and nothing about the person or the machine.</summary>
    public const string UserAgent = "pai";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    private readonly WebRoute _web = web ?? new WebRoute();

    /// <summary>A client for what the user consented to; the caller disposes it.</summary>
    /// <exception cref="UsageException">The file of the authority that shall vouch for the host cannot be read.</exception>
    public HttpClient CreateClient(EgressConsent consent)
    {
        var connections = Connections();
        Trust(consent.Trust, connections.SslOptions);
        return CreateClient(consent, connections);
    }

    /// <summary>
    /// A client for a tool that reads one host of the open web; the caller disposes it. It asks by https at port 443 only, resolves the name once for each
    /// connection, connects to what it was resolved to, and to no address that is not public: no name leads it to this machine or its network.
    /// </summary>
    /// <param name="host">As <see cref="Uri.Host"/> writes it.</param>
    public HttpClient CreateWebClient(string host)
    {
        var consent = new EgressConsent(EgressPurpose.Web, "a call of a tool that was allowed");
        consent.Allow(host);
        var connections = Connections();
        connections.ConnectCallback = new PublicConnection(_web).ConnectAsync;
        connections.AutomaticDecompression = DecompressionMethods.All;
        connections.MaxResponseDrainSize = 0;
        if (_web.TrustedRoots is { } roots)
        {
            var policy = connections.SslOptions.CertificateChainPolicy!;
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return CreateClient(consent, connections);
    }

    /// <summary>The request that a library would send, which is kept instead: nothing is connected to.</summary>
    /// <param name="send">Has the library send it.</param>
    /// <exception cref="InvalidOperationException">It sent none.</exception>
    public static async Task<CapturedRequest> CaptureAsync(Func<HttpClient, Task> send)
    {
        using var capture = new CaptureHandler();
#pragma warning disable RS0030 // This client has no network behind it.
        using var client = new HttpClient(capture, disposeHandler: false);
#pragma warning restore RS0030
        try
        {
            await send(client);
        }
        catch (CapturedException)
        {
            return capture.Request!;
        }

        throw new InvalidOperationException("Nothing was sent that could be captured.");
    }

    private static void Trust(ServerTrust trust, SslClientAuthenticationOptions tls)
    {
        switch (trust)
        {
            case ServerTrust.Pinned { Sha256: var pin }:
                tls.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && EgressHandler.HashOf(certificate.GetRawCertData()) == pin;
                break;
            case ServerTrust.Authority { File: var file }:
                tls.CertificateChainPolicy!.TrustMode = X509ChainTrustMode.CustomRootTrust;
                tls.CertificateChainPolicy.CustomTrustStore.AddRange(ReadAuthority(file));
                break;
        }
    }

    private static X509Certificate2Collection ReadAuthority(string file)
    {
        var authority = new X509Certificate2Collection();
        try
        {
            authority.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The authority in '{file}' cannot be read ({error.Message.TrimEnd('.')}); correct its path in frontier.servers.", error);
        }

        return authority.Count > 0 ? authority : throw new UsageException($"The file '{file}' holds no certificate in PEM; correct its path in frontier.servers.");
    }

#pragma warning disable RS0030 // This is the gate that the ban sends everybody to.
    private HttpClient CreateClient(EgressConsent consent, SocketsHttpHandler connections)
    {
        var client = new HttpClient(new EgressHandler(consent, ledger, logger, connections), disposeHandler: true);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        client.Timeout = consent.Packet is null ? client.Timeout : Timeout.InfiniteTimeSpan;
        return client;
    }

    // Straight to the host that was named: no redirects on its own, no proxy, no cookies, and no side trips to check a certificate.
    private static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        ConnectTimeout = ConnectTimeout,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        },
    };
#pragma warning restore RS0030
}
