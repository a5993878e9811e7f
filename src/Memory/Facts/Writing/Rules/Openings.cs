using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>Phrases of time and place before a subject, which belong to what is said: "Since Saturday I live in Wedding".</summary>
internal static class Openings
{
    private static readonly string[] Words = ["from", "since", "in", "on", "after", "before", "until", "every", "last", "next", "this", "at", "during"];

    /// <summary>The first word of the phrase before the subject; the subject itself where there is none.</summary>
    public static int FirstWord(ImmutableArray<Word> words, int subject)
    {
        for (var at = subject - 1; at >= 0; at--)
        {
            if (Words.Contains(words[at].Lower) && at + 1 < subject && !words[at + 1].IsAny("general", "fact", "case", "last", "way") && words[(at + 1)..subject].Any(TellsTime))
            {
                return at;
            }
        }

        return subject;
    }

    private static bool TellsTime(Word word) =>
        word.IsNumber || NumberWords.IsDay(word.Lower) || NumberWords.IsMonth(word.Lower)
        || word.IsAny("year", "week", "month", "morning", "evening", "day", "summer", "family", "years", "first");
}
