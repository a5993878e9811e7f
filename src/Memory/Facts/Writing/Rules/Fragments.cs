using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"I passed! 78 points!": a sentence without subject and verb goes on with the one before it.</summary>
internal static class Fragments
{
    private const int LongestGap = 12;
    private const int MostWords = 16;

    private static readonly string[] Openings = ["only", "just", "no", "not", "never", "always", "mostly", "also", "since", "every"];

    /// <summary>The fact before with the fragment in it; null where the clause is none.</summary>
    public static FactCandidate? Join(FactCandidate before, Clause clause, Statement? statement, Reading reading)
    {
        var words = clause.Words;
        if (statement is not null || clause.EndMark == '?' || words.Length is 0 or > MostWords || words.Any(word => Verbs.IsFinite(word.Lower)) || Verbs.IsRequest(words[0].Lower)
            || clause.Start <= before.End || clause.Start - before.End > LongestGap || !(words.Any(word => word.IsNumber || NumberWords.IsDay(word.Lower) || word.IsAny("only", "always", "never")) || Openings.Contains(words[0].Lower)))
        {
            return null;
        }

        var said = Rewriter.Phrase(reading.Turn.Text, words);
        return said.Length == 0 ? null : before with
        {
            Text = $"{before.Text.TrimEnd('.')}; {char.ToLowerInvariant(said[0])}{said[1..]}",
            Length = clause.End - before.Start,
        };
    }
}
