using System.Collections.Frozen;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Guesses how deeply a page is nested without building it.</summary>
internal static class HtmlDepth
{
    private static readonly FrozenSet<string> Unclosed = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "source", "tbody", "td", "th", "thead", "tr", "wbr");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UnclosedSpans = Unclosed.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether more start tags than that are open at once, tags apart that pages leave open.</summary>
    public static bool Exceeds(ReadOnlySpan<char> html, int limit)
    {
        var depth = 0;
        while (html.IndexOf('<') is >= 0 and var start)
        {
            html = html[(start + 1)..];
            if (html is ['/', var end, ..] && char.IsAsciiLetter(end) && !IsUnclosed(html[1..]))
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (html is [var first, ..] && char.IsAsciiLetter(first) && !IsUnclosed(html) && ++depth > limit)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnclosed(ReadOnlySpan<char> tag)
    {
        var length = tag[..Math.Min(tag.Length, 10)].IndexOfAnyExcept(Letters);
        return UnclosedSpans.Contains(tag[..(length < 0 ? Math.Min(tag.Length, 10) : length)]);
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
