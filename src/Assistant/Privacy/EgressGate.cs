using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace PersonalAi.Assistant.Privacy;

/// <summary>
/// The one place that hands out an <see cref="HttpClient"/>. Without the user's consent its clients refuse every request before a
/// connection is tried; with it they reach the hosts that were named, for the purpose that was named, and no other.
/// </summary>
internal sealed partial class EgressGate(ILogger<EgressGate> logger)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A client that refuses everything; the caller disposes it.</summary>
    public HttpClient CreateClient(EgressPurpose purpose) => CreateClient(new EgressConsent(purpose));

    /// <summary>A client for what the user consented to; the caller disposes it.</summary>
#pragma warning disable RS0030 // This is the gate that the ban sends everybody to.
    public HttpClient CreateClient(EgressConsent consent)
    {
        var client = new HttpClient(new Gate(consent, logger, Connections()), disposeHandler: true);
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
