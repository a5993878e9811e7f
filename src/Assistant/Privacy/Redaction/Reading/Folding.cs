using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PersonalAi.Assistant.Privacy.Redaction.Reading;

/// <summary>Makes spellings of a name the same: lower case, without accents. The lexicon is written so (<c>build/names/make.mjs</c>).</summary>
internal static class Folding
{
    private static readonly FrozenDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['ø'] = "o", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['æ'] = "ae", ['œ'] = "oe", ['ß'] = "ss", ['ı'] = "i", ['’'] = "'",
    }.ToFrozenDictionary();

    public static string Fold(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return string.Create(text.Length, text, (folded, source) => source.ToLowerInvariant(folded));
        }

        var folded = new StringBuilder(text.Length);
        foreach (var c in WholeRunes(text).ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (Letters.TryGetValue(c, out var letters))
            {
                folded.Append(letters);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(c);
            }
        }

        return folded.ToString();
    }

    // Normalisation refuses half a surrogate pair.
    private static string WholeRunes(ReadOnlySpan<char> text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }
}
