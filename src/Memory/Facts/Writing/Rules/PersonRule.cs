using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>What is said of somebody who was named: "she is a dentist in Tbilisi", "Mira gave up the drums", "the student's called Imani".</summary>
internal sealed class PersonRule() : FactRule("person")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) => statement switch
    {
        { Subject.Kind: SubjectKind.Pronoun } when !reading.Person.IsEmpty && Person.IsTold(statement) => Fact(FactKind.Relation, statement, reading),
        { Subject.Kind: SubjectKind.Name } when statement.Says("called", "named") && statement.Rest.Any(Details.IsName) => Fact(FactKind.Relation, statement, reading),
        { Subject.Kind: SubjectKind.Name } when IsKnown(statement, reading) && Person.IsTold(statement) => Fact(FactKind.Relation, statement, reading),
        _ => null,
    };

    private static bool IsKnown(Statement statement, Reading reading) =>
        Names(statement).Any(name => reading.KnowsName(name.Text) || reading.Person.Any(word => word.Text == name.Text));

    private static IEnumerable<Word> Names(Statement statement) => statement.Clause.Words[statement.Subject.First..statement.Subject.Verb].Where(Details.IsName);
}
