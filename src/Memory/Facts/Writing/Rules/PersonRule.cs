using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>What is said of somebody who was named: "she is a dentist in Tbilisi", "Mira gave up the drums", "the student's called Imani".</summary>
internal sealed class PersonRule() : FactRule("person")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) => statement switch
    {
        { Subject.Kind: SubjectKind.Pronoun } when reading.Person.Fits(clause.Words[statement.Subject.First]) && Person.IsTold(statement) => Fact(FactKind.Relation, statement, reading),
        { Subject.Kind: SubjectKind.Name } when statement.Says("called", "named") && statement.Rest.Any(Details.IsName) => Fact(FactKind.Relation, statement, reading),
        { Subject.Kind: SubjectKind.Name } when (IsOfUser(statement) || IsNeighbour(statement)) && Person.IsTold(statement) => Fact(FactKind.Relation, statement, reading),
        { Subject.Kind: SubjectKind.Name } when HappenedToOwn(statement) => Fact(FactKind.Event, statement, reading),
        { Subject.Kind: SubjectKind.Name } when IsKnown(statement, reading) && Person.IsTold(statement) => Fact(FactKind.Relation, statement, reading),
        { Subject.Kind: SubjectKind.Name, Verb: "be", Tense: StatementTense.Present } when IsIntroduction(statement) => Fact(FactKind.Relation, statement, reading),
        { Subject.Kind: SubjectKind.Name } when IsAppointment(statement) && !Details.IsLongAgo(clause.Words, reading.Turn.SaidAt) => Fact(FactKind.Event, statement, reading),
        _ => null,
    };

    // "Wife does the books", "the kids are 4 and 7": whose they are goes without saying.
    private static bool IsOfUser(Statement statement) => Nouns.People.Contains(statement.Clause.Words[0].Lower)
        ? statement.Subject.First == 0
        : statement.Clause.Words[statement.Subject.First].Is("the") && statement.Subject.Verb == statement.Subject.First + 2
            && statement.Clause.Words[statement.Subject.First + 1].IsAny("kids", "children", "twins", "wife", "husband", "missus", "baby", "boys", "girls");

    private static bool IsNeighbour(Statement statement) => Names(statement).Any() && statement.Clause.Words[statement.Subject.First..statement.Subject.Verb].Any(word => word.IsAny("next", "upstairs", "downstairs"));

    // "The Wednesday pupils went to my colleague Ildikó".
    private static bool HappenedToOwn(Statement statement) =>
        statement is { Tense: StatementTense.Past or StatementTense.Perfect or StatementTense.Present, Negated: false }
        && statement.Rest.Zip(statement.Rest.Skip(1), statement.Rest.Skip(2)).Any(words => words.First.Is("to") && words.Second.IsAny("my", "our") && Nouns.People.Contains(words.Third.Lower));

    // "The agent is Philippa Snell".
    private static bool IsIntroduction(Statement statement) =>
        statement.Clause.Words[statement.Subject.First..statement.Subject.Verb].Any(word => Nouns.People.Contains(word.Lower)) && statement.Rest is [var name, ..] && Details.IsName(name);

    // "The new season opens on 5 September": what the user tells with its day is in the user's calendar.
    private static bool IsAppointment(Statement statement) =>
        statement.Clause.Words[statement.Subject.First].Is("the") && Details.HasDay(statement.Rest)
        && (statement.Verb == "be" || Verbs.Is(statement.Verb, VerbSort.Change)) && statement is { Negated: false, Tense: not (StatementTense.Conditional or StatementTense.Former) };

    private static bool IsKnown(Statement statement, Reading reading) =>
        Names(statement).Any(name => reading.KnowsName(name.Text) || (!reading.Person.IsNone && reading.Person.Words.Any(word => word.Text == name.Text)) || IsAmongOwn(statement, reading));

    // "I'm on leave with Elsa, and Nils is three": a name in a sentence about the user.
    private static bool IsAmongOwn(Statement statement, Reading reading) =>
        !statement.Clause.IsFirst && statement.Clause.Sentence.Any(word => word.IsAny("i", "my", "our", "we")) && !reading.Own.Contains('?', StringComparison.Ordinal);

    private static IEnumerable<Word> Names(Statement statement) => statement.Clause.Words[statement.Subject.First..statement.Subject.Verb].Where(Details.IsName);
}
