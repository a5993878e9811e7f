using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace PersonalAi.Tools.BuiltIn.Web;

/// <summary>What a server answers with, as text.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsHtml">Whether it is a page, or the text itself.</param>
/// <param name="IsCut">Whether there was more than is read.</param>
internal sealed partial record PageBody(string Text, bool IsHtml, bool IsCut)
{
    /// <summary>How much is read, unpacked, in bytes.</summary>
    public const int Largest = 2_000_000;

    private static readonly string[] Pages = ["text/html", "application/xhtml+xml"];
    private static readonly string[] Texts = ["text/plain", "text/markdown", "application/json"];

    /// <summary>The types that are read, as the header <c>Accept</c> wants them.</summary>
    public static readonly string Types = string.Join(", ", Pages.Concat(Texts));

    /// <summary>Reads an answer while it comes, up to its limit.</summary>
    /// <exception cref="ToolException">It is of a type that cannot be read.</exception>
    public static async Task<PageBody> ReadAsync(HttpContent content, CancellationToken cancellationToken = default)
    {
        var type = content.Headers.ContentType;
        var isHtml = Pages.Contains(type?.MediaType, StringComparer.OrdinalIgnoreCase);
        if (!isHtml && !Texts.Contains(type?.MediaType, StringComparer.OrdinalIgnoreCase))
        {
            throw new ToolException($"What is there is of type '{VisibleText.Of(type?.MediaType ?? "unknown")}': only pages and plain text can be read.");
        }

        var bytes = new byte[Largest];
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(bytes, Largest, throwOnEndOfStream: false, cancellationToken);
        var isCut = length == Largest && await stream.ReadAsync(new byte[1], cancellationToken) > 0;
        return new PageBody(Decode(bytes.AsSpan(0, length), type, isHtml), isHtml, isCut);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, MediaTypeHeaderValue? type, bool isHtml)
    {
        var named = Find(type?.CharSet?.Trim('"')) ?? (isHtml ? Find(InPage().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)])).Groups["name"].Value) : null);
        using var reader = new StreamReader(new MemoryStream(bytes.ToArray()), named ?? Guess(bytes), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding Guess(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder().GetCharCount(bytes, flush: false);
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        }
    }

    // On the web, Latin-1 means Windows-1252 (encoding.spec.whatwg.org).
    private static Encoding? Find(string? name)
    {
        if (name is null or "")
        {
            return null;
        }

        try
        {
            return name.ToUpperInvariant() is "ISO-8859-1" or "LATIN1" or "US-ASCII" or "ASCII"
                ? CodePagesEncodingProvider.Instance.GetEncoding(1252)
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("<meta[^>]{0,200}charset\\s*=\\s*[\"']?(?<name>[\\w:.-]{1,40})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex InPage();
}
