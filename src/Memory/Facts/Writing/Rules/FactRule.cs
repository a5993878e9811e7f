using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>Finds one kind of fact in a clause. What no rule knows is not stored.</summary>
/// <param name="name">What the rule is called in the inbox and in measurements.</param>
internal abstract class FactRule(string name)
{
    public string Name { get; } = name;

    /// <summary>The fact that a clause states; null where this rule sees none.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="statement">What it states; null where it has no subject and verb.</param>
    /// <param name="reading">The turn.</param>
    public abstract FactCandidate? Propose(Clause clause, Statement? statement, Reading reading);

    /// <summary>The statement as a fact, from its opening phrase to its end.</summary>
    protected FactCandidate Fact(FactKind kind, Statement statement, Reading reading)
    {
        var words = statement.Clause.Words;
        var first = Openings.FirstWord(words, statement.Subject.First);
        var person = statement.Subject.Kind == SubjectKind.Pronoun ? reading.Person : [];
        var start = words[first].Start;
        return new FactCandidate(Rewriter.Sentence(reading.Turn.Text, statement, first, person), kind, start, statement.Clause.End - start, Name)
        {
            Antecedent = person.IsEmpty ? null : new TextSpan(person[0].Start, person[^1].End - person[0].Start),
        };
    }
}
