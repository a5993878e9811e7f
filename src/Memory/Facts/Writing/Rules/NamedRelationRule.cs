using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"My niece Katie", "our CTO Henrike", in passing: who somebody is.</summary>
internal sealed class NamedRelationRule() : FactRule("named relation")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading)
    {
        var words = clause.Words;
        for (var at = 0; at + 2 < words.Length; at++)
        {
            if (words[at].IsAny("my", "our") && Noun(clause, at + 1) is { } noun && Details.IsName(words[noun + 1]))
            {
                var role = reading.Turn.Text[words[at + 1].Start..words[noun].End];
                var name = words[noun + 1];
                return new FactCandidate($"The user's {role} is called {name.Text}.", FactKind.Relation, words[at].Start, name.End - words[at].Start, Name) { Confidence = 0.9 };
            }
        }

        return null;
    }

    private static int? Noun(Clause clause, int at)
    {
        for (var noun = at; noun < Math.Min(at + 3, clause.Words.Length - 1); noun++)
        {
            if (Nouns.People.Contains(clause.Words[noun].Lower))
            {
                return noun;
            }
        }

        return null;
    }
}
