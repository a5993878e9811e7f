using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy;

/// <summary>The user's word that one purpose may reach certain hosts, for as long as the command that asked for it runs.</summary>
/// <param name="purpose">What the hosts may be reached for.</param>
/// <param name="ground">What the word is, for the ledger: where it was given, never what was said.</param>
internal sealed class EgressConsent(EgressPurpose purpose, string ground)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public EgressPurpose Purpose { get; } = purpose;

    public string Ground { get; } = ground;

    /// <summary>Its name in the ledger; several requests by one word have the same.</summary>
    public string Id { get; init; } = Guid.CreateVersion7().ToString();

    /// <summary>What vouches for the hosts.</summary>
    public ServerTrust Trust { get; init; } = new ServerTrust.System();

    /// <summary>The one packet that may go; models elsewhere are sent nothing else.</summary>
    public ApprovedPacket? Packet { get; init; }

    private bool NeedsPacket => Purpose is EgressPurpose.Frontier or EgressPurpose.SelfHosted;

    /// <summary>Lets requests reach a host, at that port.</summary>
    /// <param name="host">As <see cref="Uri.Authority"/> writes it: <c>example.org</c>, <c>example.org:8443</c>.</param>
    public void Allow(string host)
    {
        lock (_lock)
        {
            _hosts.Add(host);
        }
    }

    /// <summary>Whether a request may leave: to a host that was named, and encrypted unless it stays on this machine.</summary>
    public bool Covers(Uri destination)
    {
        lock (_lock)
        {
            return IsPrivate(destination) && _hosts.Contains(destination.Authority) && (Packet is not null || !NeedsPacket);
        }
    }

    /// <summary>Whether nobody on the way can read or change what is sent there.</summary>
    public static bool IsPrivate(Uri destination) =>
        destination.Scheme == Uri.UriSchemeHttps || (destination.Scheme == Uri.UriSchemeHttp && destination.IsLoopback);
}
