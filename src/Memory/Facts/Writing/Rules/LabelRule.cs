using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"Allergies: nuts", "van: Hiace, 2014": a note with a name before its colon.</summary>
internal sealed class LabelRule() : FactRule("label")
{
    private const int LongestLabel = 3;

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading)
    {
        // The colon ends a clause of its own: the label is the clause before.
        var sentence = clause.Sentence;
        var at = sentence.IndexOf(clause.Words[0]);
        var colon = at - 1;
        if (colon < 1 || sentence[colon].Text != ":" || colon > LongestLabel + 1 || !IsLabel(sentence[colon - 1]))
        {
            return null;
        }

        var first = sentence[0].IsAny("my", "our") ? 1 : 0;
        return first < colon && !sentence[first..colon].Any(word => word.IsMark || Verbs.IsRequest(word.Lower) || word.IsAny("the", "this", "a", "your"))
            ? Note([.. sentence[first..colon], .. sentence[colon..(at + clause.Words.Length)]], FactKind.Profile, reading)
            : null;
    }

    private static bool IsLabel(Word word) => Nouns.Possessions.Contains(word.Lower) || Nouns.Diet.Contains(word.Lower);
}
