using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PersonalAi.Tools.Policy;

/// <summary>Makes letters that look the same the same: case, accents, width, styles, Cyrillic and Greek look-alikes, invisible characters.</summary>
public static class TextFolding
{
    // The look-alikes of Latin letters in the two scripts that have most of them, lower case after folding; after UTS #39's confusables.
    private static readonly FrozenDictionary<char, char> LookAlikes = "аaвbсcԁdеeһhіiјjкkӏlмmнhоoрpԛqгrѕsтtцuѵvԝwхxуyαaβbεeηnιiκkνvοoρpτtυuχxγyωwıiøołl"
        .Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The text in lower case, with what looks alike made the same.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in WholeRunes(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            // Characters of the block Tags repeat ASCII invisibly.
            var visible = rune.Value is >= 0xE0020 and <= 0xE007E ? new Rune(rune.Value - 0xE0000) : rune;
            if (Rune.GetUnicodeCategory(visible) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                folded.Append(Rune.ToLowerInvariant(visible));
            }
        }

        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = LookAlikes.GetValueOrDefault(folded[i], folded[i]);
        }

        return folded.ToString();
    }

    // Normalisation refuses half a surrogate pair.
    private static string WholeRunes(string text) => string.Concat(text.EnumerateRunes());
}
