using System.Net;
using System.Net.Sockets;

namespace PersonalAi.Assistant.Privacy;

/// <summary>Connects to hosts of the public internet. A name is resolved once, and what was looked at is what is connected to.</summary>
/// <param name="route">Finds addresses, and tells which are public.</param>
internal sealed class PublicConnection(WebRoute route)
{
    /// <summary>Connects to the first address of a host that answers.</summary>
    /// <exception cref="IOException">No address of it is public, or none answers.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken = default)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await route.ResolveAsync(host, cancellationToken);
        SocketException? failure = null;
        foreach (var address in addresses.Where(route.Admits))
        {
#pragma warning disable RS0030 // The one place that connects on behalf of the gate.
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, route.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                failure = error;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
#pragma warning restore RS0030
        }

        throw failure is null
            ? new IOException($"'{host}' has no public address, and others are not connected to.")
            : new IOException($"'{host}' does not answer.", failure);
    }
}
