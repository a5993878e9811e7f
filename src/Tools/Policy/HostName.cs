using System.Globalization;

namespace PersonalAi.Tools.Policy;

/// <summary>Hosts in one spelling.</summary>
public static class HostName
{
    private static readonly IdnMapping Idn = new();

    /// <summary>Lower case, without the last dot, letters beyond ASCII as DNS has them (<c>xn--</c>); null where no host can be called so.</summary>
    public static string? Normalise(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var plain = host.EndsWith('.') ? host[..^1] : host;
        try
        {
            // An IPv6 address has colons, and nothing to be mapped.
            var ascii = plain.Contains(':', StringComparison.Ordinal) ? plain : Idn.GetAscii(plain);
            return ascii.ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The host in the letters that it is meant to be read in; null where those are the same as in <paramref name="host"/>.</summary>
    /// <param name="host">As <see cref="Normalise"/> writes it.</param>
    public static string? Letters(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            return host.Contains("xn--", StringComparison.Ordinal) && Idn.GetUnicode(host) is var letters && letters != host ? letters : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
