using System.ComponentModel;
using System.Net;
using System.Text.Json;
using PersonalAi.Tools.BuiltIn.Web;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Fetches a web page and gives its text.</summary>
/// <param name="openWeb">Gives a client that reaches the named host, and no other.</param>
/// <param name="time">Tells when it has taken too long.</param>
internal sealed class FetchPageTool(Func<string, HttpClient> openWeb, TimeProvider time)
{
    private const int MostRedirects = 5, LongestPart = 6_000;

    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(30);

    /// <summary>The tool.</summary>
    public static Tool Create(Func<string, HttpClient> openWeb, TimeProvider time) =>
        new(ToolFunction.Create("fetch_page", "Reads a web page.", new FetchPageTool(openWeb, time).FetchAsync), ToolRisk.LeavesMachine, ToolTrust.Untrusted)
        {
            Examples = ["read https://example.org", "what does this web page say", "open the link", "summarise the article at this address"],
            ReachOf = arguments => AddressIn(arguments) is { } address ? new ToolReach([], [address.Host]) : ToolReach.None,
            OriginOf = arguments => AddressIn(arguments) is { } address ? $"the page {address.AbsoluteUri}" : "a page",
        };

    private async Task<string> FetchAsync(
        string url,
        [Description("of a long page")] int part = 1,
        CancellationToken cancellationToken = default)
    {
        var address = PageAddress.Parse(url);
        using var timeout = new CancellationTokenSource(LongestFetch, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ReadAsync(address, part, either.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException($"'{address.AbsoluteUri}' was not read within {LongestFetch.TotalSeconds:0} seconds.", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            throw new ToolException($"'{address.AbsoluteUri}' cannot be read: {(error.InnerException ?? error).Message.TrimEnd('.')}.", error);
        }
    }

    private async Task<string> ReadAsync(Uri address, int part, CancellationToken cancellationToken)
    {
        using var client = openWeb(address.Host);
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Accept", PageBody.Types);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response is { StatusCode: >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest, Headers.Location: { } location })
            {
                address = Next(address, location);
                continue;
            }

            return response.IsSuccessStatusCode
                ? PartOf(TextOf(await PageBody.ReadAsync(response.Content, cancellationToken), address, cancellationToken), part)
                : throw new ToolException($"'{address.AbsoluteUri}' answered {(int)response.StatusCode} {response.StatusCode}.");
        }

        throw new ToolException($"'{address.AbsoluteUri}' leads on more than {MostRedirects} times: it is not followed further.");
    }

    // Another host was not allowed yet: the model has to ask for it, so that the rules and the user see it.
    private static Uri Next(Uri address, Uri location)
    {
        var next = PageAddress.Parse(new Uri(address, location).OriginalString);
        return next.Host == address.Host
            ? next
            : throw new ToolException($"'{address.AbsoluteUri}' leads on to '{next.AbsoluteUri}' at another host: call fetch_page with that address if it is what the user wants.");
    }

    private static string TextOf(PageBody body, Uri address, CancellationToken cancellationToken) =>
        $"{(body.IsHtml ? PageText.Of(body.Text, address, cancellationToken) : PageText.Visible(body.Text, out _))}{(body.IsCut ? $"\n[Only the first {PageBody.Largest / 1_000_000} MB were read.]" : "")}";

    private static string PartOf(string text, int part)
    {
        var parts = Split(text);
        return part < 1 || part > parts.Count
            ? throw new ToolException($"The page has {parts.Count} {(parts.Count == 1 ? "part" : "parts")}: there is no part {part}.")
            : parts.Count == 1 ? text : $"{parts[part - 1]}\n[Part {part} of {parts.Count}.]";
    }

    // At the end of a line where there is one, and never within a character.
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var rest = text;
        while (rest.Length > LongestPart)
        {
            var line = rest.LastIndexOf('\n', LongestPart - 1, LongestPart / 2);
            var end = line > 0 ? line : char.IsHighSurrogate(rest[LongestPart - 1]) ? LongestPart - 1 : LongestPart;
            parts.Add(rest[..end]);
            rest = rest[(line > 0 ? end + 1 : end)..];
        }

        return [.. parts, rest];
    }

    private static Uri? AddressIn(JsonElement arguments)
    {
        try
        {
            return PageAddress.Parse(arguments.GetProperty("url").GetString()!);
        }
        catch (ToolException)
        {
            // Nothing is reached by such an address, and the call says so.
            return null;
        }
    }
}
