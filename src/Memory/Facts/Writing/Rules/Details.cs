using System.Collections.Immutable;
using System.Globalization;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>What makes a sentence worth remembering: that it is definite, that it recurs, that it has a date.</summary>
internal static class Details
{
    private static readonly string[] Recurring =
    [
        "every", "always", "never", "usually", "often", "daily", "weekly", "monthly", "each", "twice", "mornings", "evenings", "nights", "weekends", "sometimes", "mostly", "normally",
        "regularly", "nowadays", "most",
    ];

    private static readonly string[] Dated = ["tomorrow", "yesterday", "today", "week", "weeks", "month", "months", "year", "years", "ago", "tonight", "days"];

    /// <summary>Whether a name, a number, a day or a month is among the words.</summary>
    public static bool IsDefinite(ImmutableArray<Word> words) => words.Any(word => word.IsNumber || IsName(word) || IsDayOrMonth(word));

    /// <summary>As <see cref="IsDefinite(ImmutableArray{Word})"/>; who writes all in lower case names things by "the" and by places.</summary>
    public static bool IsDefinite(Statement statement) =>
        IsDefinite(statement.Rest)
        || (statement.Rest.Length > 1 && !statement.Clause.Sentence.Any(word => word.IsCapitalised) && statement.Rest.Any(word => word.IsAny("the", "my", "in", "at", "from", "to", "with", "as", "for")));

    /// <summary>Whether it is said of more than one occasion.</summary>
    public static bool Recurs(ImmutableArray<Word> words) =>
        words.Any(word => Recurring.Contains(word.Lower) || (word.Lower.EndsWith('s') && NumberWords.IsDay(word.Lower)));

    /// <summary>Whether it is tied to a time.</summary>
    public static bool HasDate(ImmutableArray<Word> words) => words.Any(word => IsDayOrMonth(word) || Dated.Contains(word.Lower) || (char.IsAsciiDigit(word.Text[0]) && word.Text.Contains(':', StringComparison.Ordinal)));

    /// <summary>Whether a year that is over is named: "in April 1970" tells of the world more often than of the user.</summary>
    public static bool IsLongAgo(ImmutableArray<Word> words, DateTimeOffset saidAt) =>
        words.Any(word => word.Text.Length == 4 && int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year < saidAt.Year && year > 1000);

    /// <summary>Whether a day or a month is named.</summary>
    public static bool HasDay(ImmutableArray<Word> words) => words.Any(IsDayOrMonth);

    public static bool IsName(Word word) => word.IsCapitalised && word.Text.Length > 1 && !word.Is("i") && !NumberWords.IsDay(word.Lower) && word.Text.Skip(1).Any(char.IsLower);

    private static bool IsDayOrMonth(Word word) => NumberWords.IsDay(word.Lower) || (NumberWords.IsMonth(word.Lower) && (word.IsCapitalised || word.Lower is not ("may" or "march")));
}
