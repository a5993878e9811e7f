using System.Collections.Immutable;
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

    /// <summary>Words without a sentence of their own as a fact.</summary>
    protected FactCandidate Note(ImmutableArray<Word> words, FactKind kind, Reading reading) =>
        new(Rewriter.Phrase(reading.Turn.Text, words, "the user notes:"), kind, words[0].Start, words[^1].End - words[0].Start, Name) { Confidence = 0.85 };

    /// <summary>The statement as a fact, from its opening phrase to its end.</summary>
    protected FactCandidate Fact(FactKind kind, Statement statement, Reading reading)
    {
        var words = statement.Clause.Words;
        var first = Openings.FirstWord(words, statement.Subject.First);
        var person = statement.Subject.Kind == SubjectKind.Pronoun && reading.Person.Fits(words[statement.Subject.First]) ? reading.Person : default;
        var named = person.IsNone ? [] : person.Words;
        var start = words[first].Start;
        return new FactCandidate(Rewriter.Sentence(reading.Turn.Text, statement, first, named), kind, start, statement.Clause.End - start, Name)
        {
            Antecedent = person.IsNone || person.EarlierText is not null ? null : new TextSpan(named[0].Start, named[^1].End - named[0].Start),
            EarlierPerson = person.EarlierText?[named[0].Start..named[^1].End],
        };
    }
}
