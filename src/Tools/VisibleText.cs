using System.Globalization;
using System.Text;

namespace PersonalAi.Tools;

/// <summary>Writes names so that every character of them is seen.</summary>
internal static class VisibleText
{
    private const int LongestName = 100;

    /// <summary>The text with control, formatting, bidirectional and otherwise invisible characters as <c>\u{202E}</c>.</summary>
    public static string Of(string text)
    {
        if (text.All(sign => sign is >= ' ' and <= '~'))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            visible.Append(IsSeen(rune) ? rune.ToString() : $"\\u{{{rune.Value:X4}}}");
        }

        return visible.ToString();
    }

    /// <summary>The name of a tool as a model made it up: nothing in it can pass for another letter, or is longer than a line.</summary>
    public static string OfName(string name)
    {
        var signs = name.EnumerateRunes().Take(LongestName + 1).Select(sign => sign.Value is >= ' ' and <= '~' ? $"{sign}" : $"\\u{{{sign.Value:X4}}}").ToList();
        return signs.Count > LongestName ? string.Concat(signs.Take(LongestName)) + "…" : string.Concat(signs);
    }

    // U+FFFD stands for halves of surrogate pairs; the rest of the list is blank though Unicode counts it among letters and marks.
    private static bool IsSeen(Rune rune) => rune.Value is not (0xFFFD or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF))
        && (rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator));
}
