using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace PersonalAi.Assistant.Privacy;

/// <summary>
/// The one place that hands out an <see cref="HttpClient"/>. Without the user's consent its clients refuse every request before a
/// connection is tried; with it they reach the hosts that were named, for the purpose that was named, and no other.
/// </summary>
/// <param name="logger">Told of every request, refused or not.</param>
/// <param name="web">How tools reach the web; only tests give another one.</param>
internal sealed partial class EgressGate(ILogger<EgressGate> logger, WebRoute? web = null)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    private readonly WebRoute _web = web ?? new WebRoute();

    /// <summary>A client that refuses everything; the caller disposes it.</summary>
    public HttpClient CreateClient(EgressPurpose purpose) => CreateClient(new EgressConsent(purpose));

    /// <summary>A client for what the user consented to; the caller disposes it.</summary>
    public HttpClient CreateClient(EgressConsent consent) => CreateClient(consent, Connections());

    /// <summary>
    /// A client for a tool that reads one host of the open web; the caller disposes it. It asks by https at port 443 only, resolves the name once for each
    /// connection, connects to what it was resolved to, and to no address that is not public: no name leads it to this machine or its network.
    /// </summary>
    /// <param name="host">As <see cref="Uri.Host"/> writes it.</param>
    public HttpClient CreateWebClient(string host)
    {
        var consent = new EgressConsent(EgressPurpose.Tool);
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

#pragma warning disable RS0030 // This is the gate that the ban sends everybody to.
    private HttpClient CreateClient(EgressConsent consent, SocketsHttpHandler connections)
    {
        var client = new HttpClient(new Gate(consent, logger, connections), disposeHandler: true);
        // Some servers refuse a client without a name; this one tells nothing about the person or the machine.
        client.DefaultRequestHeaders.UserAgent.ParseAdd("pai");
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

    private sealed class Gate(EgressConsent consent, ILogger logger, HttpMessageHandler connections) : DelegatingHandler(connections)
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Require(request);
            return base.Send(request, cancellationToken);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Require(request);
            return base.SendAsync(request, cancellationToken);
        }

        private void Require(HttpRequestMessage request)
        {
            // HttpClient accepts absolute addresses only, so there always is one.
            var destination = request.RequestUri!;
            if (!consent.Covers(destination))
            {
                LogRefused(logger, destination.Authority, consent.Purpose);
                throw new EgressDeniedException(consent.Purpose, destination);
            }

            LogAllowed(logger, destination.Authority, consent.Purpose);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request to {Host} for {Purpose}.")]
    private static partial void LogRefused(ILogger logger, string host, EgressPurpose purpose);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent a request to {Host} for {Purpose}, to which the user consented.")]
    private static partial void LogAllowed(ILogger logger, string host, EgressPurpose purpose);
}
