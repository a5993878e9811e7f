namespace PersonalAi.Tests.Adapters.Frontier;

/// <summary>A client that keeps the request and never connects: what the assistant shows before anything is approved.</summary>
internal sealed class CapturedRequest : IDisposable
{
    private readonly Handler _handler = new();

#pragma warning disable RS0030 // It reaches nothing.
    public CapturedRequest() => Client = new HttpClient(_handler, disposeHandler: false);
#pragma warning restore RS0030

    public HttpClient Client { get; }

    public Uri? Address => _handler.Address;

    public string? Body => _handler.Body;

    public int Count => _handler.Count;

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    /// <summary>Instead of an answer; an exception that no SDK can know.</summary>
    internal sealed class Captured : Exception;

    private sealed class Handler : HttpMessageHandler
    {
        public Uri? Address { get; private set; }

        public string? Body { get; private set; }

        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Address = request.RequestUri;
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Count++;
            throw new Captured();
        }
    }
}
