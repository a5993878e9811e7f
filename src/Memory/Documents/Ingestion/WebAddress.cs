using System.Text.RegularExpressions;
using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Documents.Ingestion;

/// <summary>Finds out whether a file is but the address of a page: a shortcut of a browser, or a text with nothing else in it.</summary>
internal static partial class WebAddress
{
    // A page that is saved is longer, and an address hardly ever.
    private const int Longest = 4096;

    /// <summary>The address, or null where the file has words of its own.</summary>
    public static string? In(SourceFile file)
    {
        if (file.Content.Length > Longest)
        {
            return null;
        }

        var text = TextDecoder.DecodeLeniently(file.Content.Span);
        var found = file.Extension is "url" or "webloc" ? Shortcut().Match(text) : Alone().Match(text);
        return found.Success ? found.Groups["address"].Value : null;
    }

    // [InternetShortcut] of Windows, the property list of macOS.
    [GeneratedRegex(@"(^\s*URL\s*=\s*|<string>\s*)(?<address>https?://[^\s<]+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Shortcut();

    [GeneratedRegex(@"^\s*(?<address>https?://\S+)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Alone();
}
