using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy;

/// <summary>Stands where the network would be: keeps the request that would leave, and ends the sending with an exception.</summary>
internal sealed class CaptureHandler : HttpMessageHandler
{
    /// <summary>The request; null while there was none.</summary>
    public CapturedRequest? Request { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await EgressHandler.BufferAsync(request, cancellationToken);
        PacketHeaders.Restrict(request);
        Request = new CapturedRequest(request.Method.Method, request.RequestUri!, [.. PacketHeaders.Describe(request)], [.. body]);
        throw new CapturedException();
    }
}

/// <summary>A request was kept instead of being sent.</summary>
internal sealed class CapturedException() : Exception("The request was kept, and not sent.");
