using Microsoft.Extensions.Logging;

namespace PersonalAi.Assistant.Privacy;

/// <summary>The one place that hands out an <see cref="HttpClient"/>; it is closed, so every request is refused before a connection is tried.</summary>
internal sealed partial class EgressGate(ILogger<EgressGate> logger)
{
    /// <summary>A client for one purpose; the caller disposes it.</summary>
#pragma warning disable RS0030 // This is the gate that the ban sends everybody to.
    public HttpClient CreateClient(EgressPurpose purpose) => new(new ClosedGate(purpose, logger), disposeHandler: true);
#pragma warning restore RS0030

    // There is no handler behind this one, so nothing could be sent even by mistake.
    private sealed class ClosedGate(EgressPurpose purpose, ILogger logger) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw Refuse(request);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(Refuse(request));

        private EgressDeniedException Refuse(HttpRequestMessage request)
        {
            // HttpClient accepts absolute addresses only, so there always is one.
            var destination = request.RequestUri!;
            LogRefused(logger, destination.Host, purpose);
            return new EgressDeniedException(purpose, destination);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request to {Host} for {Purpose}.")]
    private static partial void LogRefused(ILogger logger, string host, EgressPurpose purpose);
}
