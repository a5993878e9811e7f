using System.Text.RegularExpressions;

namespace PersonalAi.Tools.BuiltIn.Web;

/// <summary>Reads addresses of pages as models write them, and writes them in one spelling, so that what rules see is what is asked.</summary>
internal static partial class PageAddress
{
    private const int Longest = 2_000;

    /// <summary>The address: https, port 443, the host in lower case and as punycode, no fragment.</summary>
    /// <param name="address">With or without a scheme; <c>http:</c> is asked as <c>https:</c>.</param>
    /// <exception cref="ToolException">It is no address of a page, holds a name and password, or names another port.</exception>
    public static Uri Parse(string address)
    {
        var text = address.Trim();
        if (text.Length > Longest)
        {
            throw new ToolException($"The address has {text.Length} characters: at most {Longest} are sent.");
        }

        var written = (Scheme().IsMatch(text) ? Absolute(text) : Absolute($"https://{text}")) ?? throw NoAddress(text);
        if (written.UserInfo.Length > 0)
        {
            throw new ToolException($"The address '{VisibleText.Of(text)}' holds a user name: give it without what stands before the '@'.");
        }

        return !written.IsDefaultPort && written.Port != 443
            ? throw new ToolException($"The address '{VisibleText.Of(text)}' names port {written.Port}: only 443, that of https, is asked.")
            : Canonical(written) ?? throw NoAddress(text);
    }

    // Invisible characters and backslashes are read differently by different programs.
    private static Uri? Absolute(string text) =>
        !Ambiguous().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri : null;

    private static Uri? Canonical(Uri written)
    {
        // A rule for 'example.org' must hold for 'example.org.' too.
        var host = (written.HostNameType == UriHostNameType.Dns ? written.IdnHost : written.Host).TrimEnd('.').ToLowerInvariant();
        return host.Length > 0 && Uri.TryCreate($"https://{host}{written.PathAndQuery}", UriKind.Absolute, out var uri) && uri.IdnHost.Length > 0 ? uri : null;
    }

    private static ToolException NoAddress(string text) =>
        new($"'{VisibleText.Of(text[..Math.Min(text.Length, 200)])}' is no address of a web page: give one like 'https://example.org/page'.");

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*://", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"[\\\p{Cc}\p{Cf}]", RegexOptions.NonBacktracking)]
    private static partial Regex Ambiguous();
}
