using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"No, I meant Tuesday": what was said before is replaced, where it can be told which it was.</summary>
internal sealed class CorrectionRule() : FactRule("correction")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        statement is { Subject.Kind: SubjectKind.User, Verb: "mean", Tense: StatementTense.Past, Negated: false } && Details.IsDefinite(statement.Rest) && Corrected(statement, reading) is { } older
            ? Fact(FactKind.Knowledge, statement, reading) with { Supersedes = older.Id, Attribute = older.Attribute }
            : null;

    // The newest that shares a name with the correction.
    private static KnownFact? Corrected(Statement statement, Reading reading)
    {
        var names = statement.Rest.Where(Details.IsName).Select(word => word.Text).ToList();
        return reading.Turn.Known.LastOrDefault(fact => names.Exists(name => fact.Text.Contains(name, StringComparison.Ordinal)));
    }
}
