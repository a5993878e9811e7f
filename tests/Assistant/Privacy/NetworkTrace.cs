using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace PersonalAi.Tests.Assistant.Privacy;

/// <summary>Reads what strace wrote of the calls by which processes reach others.</summary>
internal static partial class NetworkTrace
{
    private const int Dns = 53;
    private const string Unfinished = " <unfinished ...>";

    // strace stopped a thread on its way into a call, and the thread was ended with its process before strace read which call: it was not made.
    private const string Ended = "???(";

    /// <summary>The calls, and the ring by which they could be made past them: no program here uses it, so that it stands in a trace is a fault.</summary>
    public const string Calls = "connect,sendto,sendmsg,sendmmsg,io_uring_setup";

    /// <summary>Where processes would have left this machine, or asked for the address of a name, as <c>192.0.2.1:443</c>.</summary>
    /// <exception cref="FormatException">A line cannot be read, so that nothing is proven.</exception>
    public static IReadOnlyList<string> PlacesBeyondIn(IEnumerable<string> lines) => [.. WholeCalls(lines).SelectMany(PlacesOf).Where(place => place is not null).Distinct()!];

    // A call during which another thread made one stands in two lines.
    private static IEnumerable<string> WholeCalls(IEnumerable<string> lines)
    {
        var begun = new Dictionary<string, string>();
        foreach (var line in lines)
        {
            var match = Line().Match(line);
            var (thread, text) = (match.Groups["thread"].Value, match.Groups["text"].Value);
            if (text.StartsWith(Ended, StringComparison.Ordinal))
            {
                continue;
            }

            if (text.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                begun.Add(thread, text[..^Unfinished.Length]);
            }
            else if (Resumed().Match(text) is { Success: true } rest)
            {
                yield return begun.Remove(thread, out var first) ? first + text[rest.Length..] : throw Unreadable(line);
            }
            else
            {
                yield return match.Success ? text : throw Unreadable(line);
            }
        }

        // Of those that were killed.
        foreach (var (_, first) in begun)
        {
            yield return first;
        }
    }

    private static IEnumerable<string?> PlacesOf(string call)
    {
        var name = Call().Match(call) is { Success: true } match ? match.Groups["name"].Value : throw Unreadable(call);
        var addresses = Address().Matches(call);
        var isWhole = addresses.Count == call.Split("sa_family").Length - 1;
        var hasOne = addresses.Count > 0 || (name != "connect" && NoAddress().IsMatch(call));
        var places = addresses.Select(address => PlaceOf(address.Groups["family"].Value, address.Groups["rest"].Value)).ToList();
        return isWhole && hasOne && places.TrueForAll(place => place.IsKnown) ? places.Select(place => place.Place) : throw Unreadable(call);
    }

    private static (bool IsKnown, string? Place) PlaceOf(string family, string rest) => family switch
    {
        "AF_UNIX" => (true, rest.Contains("systemd/resolve", StringComparison.Ordinal) ? "the resolver" : null),
        "AF_NETLINK" or "AF_UNSPEC" => (true, null),
        "AF_INET" or "AF_INET6" when Internet().Match(rest) is { Success: true } match => (true, Beyond(match.Groups["address"].Value, match.Groups["port"].Value)),
        _ => (false, null),
    };

    private static string? Beyond(string address, string port)
    {
        var ip = IPAddress.Parse(address);
        var place = new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, int.Parse(port, CultureInfo.InvariantCulture));
        return IPAddress.IsLoopback(place.Address) && place.Port != Dns ? null : place.ToString();
    }

    private static FormatException Unreadable(string line) => new($"The trace has a line that cannot be read: {line}");

    [GeneratedRegex(@"^(?<thread>[0-9]+) +(?<text>.+)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>connect|sendto|sendmsg|sendmmsg)\([0-9]+, ")]
    private static partial Regex Call();

    // What a socket sends that is connected already.
    [GeneratedRegex(@", NULL, 0\)|msg_name=NULL")]
    private static partial Regex NoAddress();

    [GeneratedRegex(@"\{sa_family=(?<family>AF_\w+)(?<rest>[^}]*)\}")]
    private static partial Regex Address();

    [GeneratedRegex("""htons\((?<port>[0-9]+)\).*(?:inet_addr\(|inet_pton\(AF_INET6, )"(?<address>[0-9A-Fa-f:.]+)"(?:\)|, &sin6_addr\))""")]
    private static partial Regex Internet();
}
