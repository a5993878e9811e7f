using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PersonalAi.Assistant.Privacy;

/// <summary>How tools reach the web. No setting changes it: a test that stands in for the web puts its own server here.</summary>
internal sealed record WebRoute
{
    /// <summary>Finds the addresses of a host.</summary>
#pragma warning disable RS0030 // PublicConnection, which the gate sends every request of a tool through, asks this.
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;
#pragma warning restore RS0030

    /// <summary>Which addresses may be connected to.</summary>
    public Func<IPAddress, bool> Admits { get; init; } = PublicAddress.Includes;

    /// <summary>The port that stands for 443.</summary>
    public int Port { get; init; } = 443;

    /// <summary>Who may vouch for hosts; null for those that this system trusts.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }
}
