using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Assistant.Privacy;
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

        Assert.Equal("Nothing was sent to '127.0.0.1' (to download a model), because no destination has been approved.", asynchronous.Message);
        Assert.Equal((asynchronous.Message, address, EgressPurpose.ModelDownload), (synchronous.Message, synchronous.Destination, synchronous.Purpose));
        Assert.False(listener.Pending());
    }
}
