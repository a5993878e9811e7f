using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Addresses;

/// <summary>One way to write the heart of an address: what is there without the flat, the town and the country.</summary>
internal abstract class AddressShape
{
    private const int LongestName = 6;

    /// <summary>The last token of such a heart; null where none begins at the token.</summary>
    public abstract int? EndAt(ReadText text, int first);

    /// <summary>The tokens behind the last of those that can make up the name of a street, from a place on: words with capitals, and particles between them.</summary>
    protected static int SkipName(ReadText text, int first)
    {
        var at = first;
        while (at - first < LongestName && IsInName(text, at, first))
        {
            at++;
        }

        while (at > first && StreetWords.IsParticle(text[at - 1]) && !text[at - 1].IsCapitalised)
        {
            at--;
        }

        return at;
    }

    /// <summary>Whether words, of which at least one must be there, are not all words of English.</summary>
    protected static bool HasUncommonWord(ReadText text, int first, int end) =>
        Enumerable.Range(first, end - first).Any(at => text[at].IsWord && !text[at].Is(WordUse.Word) && !StreetWords.IsParticle(text[at]) && text[at].Length > 1);

    /// <summary>Whether it is the number of a house: up to five digits, with a letter or a stroke.</summary>
    protected static bool IsHouse(Token token) => token.IsNumber && token.Length <= 6;

    /// <summary>Whether the token follows the one before on the same line.</summary>
    protected static bool Continues(ReadText text, int at) => at < text.Count && text[at].Lines == 0;

    private static bool IsInName(ReadText text, int at, int first) =>
        (at == first || Continues(text, at))
        && (text[at].IsWord && (text[at].IsCapitalised || !text.HasCapitals && !text[at].Is("and") || at > first && (StreetWords.IsParticle(text[at]) || StreetWords.IsKindAfter(text[at])) || !text[at].Is(WordUse.Word) && at == first)
            || at > first && text[at] is { Folded: "." or "'", IsSpaced: false } && text[at - 1].Length <= 3 && text[at - 1].IsWord);
}
