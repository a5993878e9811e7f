using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Recall;

/// <summary>What ranking looks at in a passage's text, read once.</summary>
/// <param name="Stems">Its words without their endings.</param>
/// <param name="Words">How many words it has.</param>
/// <param name="Asks">Whether it ends as a question.</param>
/// <param name="IsOfOneself">Whether the one who says it speaks of themselves.</param>
/// <param name="SaysWhen">Whether it names a time.</param>
/// <param name="SaysNumber">Whether it names a number.</param>
internal sealed partial record TextTraits(IReadOnlySet<string> Stems, int Words, bool Asks, bool IsOfOneself, bool SaysWhen, bool SaysNumber)
{
    private static readonly string[] Endings = ["ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y"];

    public static TextTraits Of(string text)
    {
        var words = WordsOf(text).ToList();
        return new TextTraits(
            words.Select(Stem).ToHashSet(),
            words.Count,
            text.AsSpan().TrimEnd().EndsWith('?'),
            words.Exists(word => word is "i" or "my" or "me" or "we" or "our" or "us"),
            Time().IsMatch(text),
            Number().IsMatch(text));
    }

    public static IEnumerable<string> WordsOf(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    /// <summary>Enough of a stemmer to see that two inflections are one word; the index has the exact one.</summary>
    public static string Stem(string word)
    {
        if (Array.Find(Endings, ending => word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal)) is not { } ending)
        {
            return word;
        }

        var stem = word[..^ending.Length];
        return stem.Length > 3 && stem[^1] == stem[^2] ? stem[..^1] : stem;
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\b(\d{1,4}|yesterday|today|tonight|tomorrow|last|next|ago|since|this (week|month|year|morning|weekend)|(mon|tues|wednes|thurs|fri|satur|sun)day"
        + @"|january|february|march|april|may|june|july|august|september|october|november|december|weeks?|months?|years?|days?|weekend|recently|soon"
        + @"|summer|winter|spring|autumn|fall|christmas|easter)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundred|thousand|once|twice|couple|few|half)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
