using System.Collections.Frozen;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>Numbers that are written out, and names of days and months: what must not change on the way from the words to the fact.</summary>
internal static class NumberWords
{
    private static readonly FrozenSet<string> Numbers = FrozenSet.Create(
        StringComparer.Ordinal,
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
        "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
        "million", "half", "dozen", "twice", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");

    private static readonly FrozenSet<string> Days = FrozenSet.Create(
        StringComparer.Ordinal, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "weekend", "weekends", "weekday", "weekdays");

    private static readonly FrozenSet<string> Months = FrozenSet.Create(
        StringComparer.Ordinal,
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "spring", "summer", "autumn", "winter", "christmas", "easter", "michaelmas", "pentecost", "ramadan", "diwali", "hanukkah", "midsummer", "thanksgiving");

    public static bool IsNumber(string word) => Numbers.Contains(word) || (word.Contains('-', StringComparison.Ordinal) && word.Split('-').All(part => part == "one" || part == "first" || Numbers.Contains(part)));

    public static bool IsDay(string word) => Days.Contains(word) || (word.EndsWith('s') && Days.Contains(word[..^1]));

    public static bool IsMonth(string word) => Months.Contains(word);
}
