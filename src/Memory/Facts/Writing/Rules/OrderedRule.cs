using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"Rego due 9 May. Remember": what no other rule knows is noted as it is said, since the user orders it.</summary>
internal sealed class OrderedRule() : FactRule("remember")
{
    private const int Fewest = 2;

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        reading.IsOrdered(clause) && clause.Words.Length >= Fewest && !Verbs.IsRequest(clause.Words[0].Lower) && !clause.Words[0].IsAny("you", "thanks", "please", "remember", "note")
            ? Note(clause.Words, FactKind.Knowledge, reading) with { IsExplicit = true }
            : null;
}
