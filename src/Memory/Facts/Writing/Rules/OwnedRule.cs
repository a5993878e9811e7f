using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"My cello is from 1888", "our API freeze is on 28 March", "my wife Jean works nights": what is the user's, and whom the user knows.</summary>
internal sealed class OwnedRule() : FactRule("owned")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading)
    {
        if (statement is not { Subject.Kind: SubjectKind.Owned } || statement.Tense == StatementTense.Conditional)
        {
            return null;
        }

        var owned = clause.Words[statement.Subject.First..statement.Subject.Verb];
        var isPerson = owned.Any(word => Nouns.People.Contains(word.Lower));
        return !owned.Any(word => Nouns.Passing.Contains(word.Lower)) && (isPerson ? Person.IsTold(statement) : IsLasting(statement))
            ? Fact(isPerson ? FactKind.Relation : Details.HasDate(clause.Words) ? FactKind.Event : FactKind.Profile, statement, reading) with { Attribute = Attributes.Of(statement) }
            : null;
    }

    private static bool IsLasting(Statement statement) => statement switch
    {
        { Verb: "be", Tense: StatementTense.Present or StatementTense.Future or StatementTense.Past } => !statement.Rest.IsEmpty && !IsPassing(statement.Rest),
        { Tense: StatementTense.Progressive } => false,
        { Tense: StatementTense.Past or StatementTense.Perfect } => Verbs.Is(statement.Verb, VerbSort.Change) && (Details.IsDefinite(statement.Rest)),
        _ => (Verbs.Is(statement.Verb, VerbSort.State) || Verbs.Is(statement.Verb, VerbSort.Change)) && Details.IsDefinite(statement.Clause.Words[(statement.Subject.First + 1)..]),
    };

    private static bool IsPassing(ImmutableArray<Word> rest) =>
        rest[0].IsAny("so", "too", "very", "broken", "burning", "killing", "driving", "that", "this", "not", "just", "wrong", "right", "slow", "fine", "ok", "full", "gone", "empty", "getting", "what", "how", "why", "to", "always", "there", "here", "done", "late")
        && !Details.IsDefinite(rest);
}
