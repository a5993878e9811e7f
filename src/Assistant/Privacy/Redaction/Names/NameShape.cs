using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>What a word could be by its form, where no list knows it.</summary>
internal static class NameShape
{
    // How languages make family names of given ones and of places: son, daughter, of the family of.
    private static readonly string[] Endings =
    [
        "sson", "sen", "son", "dottir", "ov", "ova", "ev", "eva", "ski", "ska", "sky", "skaya", "cki", "wicz", "czyk", "enko", "chuk", "vic", "vich", "ich", "oglu", "yan", "idis", "akis",
        "poulos", "opoulou", "escu", "shvili", "dze", "strom", "gren", "qvist", "quist", "lund", "berg", "gaard", "dal", "nen", "sma", "stra", "ink", "mann", "ez", "elli", "etti", "ini",
    ];

    /// <summary>Whether it is a word that names could be made of, and not a code or a name of a product with capitals within.</summary>
    public static bool IsPlain(ReadText text, Token token)
    {
        var word = text.Text.AsSpan(token.Start, token.Length);
        if (word.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        var (upper, lower) = (0, 0);
        for (var i = 1; i < word.Length; i++)
        {
            upper += char.IsUpper(word[i]) && word[i - 1] is not ('-' or '\'' or '’') ? 1 : 0;
            lower += char.IsLower(word[i]) ? 1 : 0;
        }

        return upper == 0 || lower == 0 || upper == 1 && (token.Folded.StartsWith("mc", StringComparison.Ordinal) || token.Folded.StartsWith("mac", StringComparison.Ordinal) || token.Folded.StartsWith("de", StringComparison.Ordinal));
    }

    /// <summary>Whether a short word is all capitals where others are not: an abbreviation.</summary>
    public static bool IsAbbreviation(ReadText text, Token token) => text.HasSmall && token.Length is > 1 and <= 5 && !text.Text.AsSpan(token.Start, token.Length).ContainsAnyExceptInRange('A', 'Z');

    /// <summary>The use of a word: as listed, else by its parts or its ending.</summary>
    public static WordUse UseOf(Token token)
    {
        if (token.Use != WordUse.None)
        {
            return token.Use;
        }

        if (token.Folded.Contains('-', StringComparison.Ordinal))
        {
            return token.Folded.Split('-').Select(part => Lexicon.Shared.UseOf(part)).Aggregate((a, b) => a & b);
        }

        return token.Length > 4 && (Array.Exists(Endings, ending => token.Folded.EndsWith(ending, StringComparison.Ordinal)) || token.Folded.StartsWith("mc", StringComparison.Ordinal) || token.Folded.StartsWith("o'", StringComparison.Ordinal))
            ? WordUse.Family
            : WordUse.None;
    }
}
