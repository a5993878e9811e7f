using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>What is only imagined: "if I were", "I would", "imagine", "I wish".</summary>
internal sealed class HypothesisGuard : Guard
{
    public override bool Refuses(Clause clause, Reading reading)
    {
        var words = clause.Sentence;
        for (var at = 0; at < words.Length; at++)
        {
            // "if you must know" is a manner of speaking, "if they'll have me" makes it uncertain at the most.
            var next = at + 1 < words.Length ? words[at + 1].Lower : "";
            if (words[at].IsAny("imagine", "suppose", "supposing", "hypothetically", "unless", "whether", "fantasy", "dreamt", "dreamed", "dream")
                || (words[at].Is("if") && next is not "," and not ("you" or "they" or "possible" or "need") && (words[at].Start < clause.End || IsConditional(words)))
                || (words[at].Is("what") && next == "if")
                || (words[at].Is("wish") && at > 0 && words[at - 1].IsAny("i", "we", "'d"))
                || (words[at].Is("as") && (next == "though" || (next == "if" && at + 2 < words.Length && !words[at + 2].IsMark)))
                || (words[at].Is("like") && next is "i" && at + 2 < words.Length && words[at + 2].IsAny("'m", "am", "was", "were"))
                || (words[at].IsAny("had", "were", "should") && next is "i" or "we" && words[at].IsAny("had", "were", "should") && at == 0))
            {
                return true;
            }
        }

        return false;
    }

    // "I keep bees, if anybody asks": what stands before the condition holds without it, unless it is conditional itself.
    private static bool IsConditional(IEnumerable<Word> words) => words.Any(word => word.IsAny("would", "'d", "could", "might"));
}
