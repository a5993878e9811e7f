using PersonalAi.Memory.Facts.Writing.Language;
using PersonalAi.Memory.Recall.Arms;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>What was just recalled, or is known, and is only said again.</summary>
internal sealed class EchoGuard : Guard
{
    private static readonly string[] Agreeing = ["yes", "yep", "yeah", "aye", "exactly", "right", "correct", "indeed", "still"];

    public override bool Refuses(Clause clause, Reading reading)
    {
        var content = ContentOf(clause.Words);
        return content.Count > 0 && reading.Turn.Recalled.Concat(reading.Turn.Known.Select(fact => fact.Text)).Any(text => Covers(text, clause, content, reading));
    }

    /// <summary>The stems of the words that carry meaning.</summary>
    internal static HashSet<string> ContentOf(IEnumerable<Word> words) =>
    [
        .. words
            .Where(word => !word.IsMark && !Agreeing.Contains(word.Lower) && !IsEmpty(word.Lower))
            .Select(word => Stem(word.Lower)),
    ];

    // All of it is known; one who agrees ("yes, ...") says what was recalled in other words.
    private static bool Covers(string text, Clause clause, HashSet<string> content, Reading reading)
    {
        var words = Words.Of(text);
        var known = ContentOf(words);
        if (Negations.In(words) != Negations.In(clause.Words))
        {
            return false;
        }

        var share = (double)content.Count(known.Contains) / content.Count;
        return share >= 1 || (share >= 0.5 && reading.Turn.Recalled.Contains(text) && reading.Words.Any(word => Agreeing.Contains(word.Lower)));
    }

    private static bool IsEmpty(string word) =>
        word is "i" or "'m" or "'s" or "'ve" or "'re" or "'ll" or "'d" or "n't" or "my" or "we" or "our" or "user" or "me" or "you" or "now" or "also" or "called" or "name" or "your" or "have" or "am"
        || StopWords.Contains(word);

    private static string Stem(string word) => Verbs.BaseOf(word) is var form && form != word ? form : word.TrimEnd('s');
}
