using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>Notes without a verb that tell of the user or theirs: "son Brett, 31", "knees bad", "off sugar", "new flat since May", "metformin 500".</summary>
internal sealed class NoteRule() : FactRule("note")
{
    private const int MostWords = 12;

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        clause.IsFirst && clause.EndMark != '?' && clause.Words.Length <= MostWords && Kind(clause, reading) is { } kind
            ? Note(clause.Words, kind, reading)
            : null;

    private static FactKind? Kind(Clause clause, Reading reading) => clause.Words switch
    {
        [var trade] when Trades.Are(trade) && IsIntroduced(clause, reading) => FactKind.Profile,
        [var person, var name, ..] when IsRelative(person) && Details.IsName(name) => FactKind.Relation,
        [{ Lower: "new" }, var person, .. var rest] when Nouns.People.Contains(person.Lower) && EndsNoun(rest) => FactKind.Relation,
        [{ Lower: "new" }, var place, .. var rest] when Nouns.Milestones.Contains(place.Lower) && EndsNoun(rest) => FactKind.Event,
        [var person, var state, ..] when IsRelative(person) && (Nouns.Diet.Contains(state.Lower) || state.IsAny("vegan", "vegetarian", "pregnant", "retired")) => FactKind.Relation,
        [{ Lower: "born" }, { Lower: "in" or "on" or "at" }, _, ..] => FactKind.Profile,
        [{ Lower: "off" }, var given] when !Nouns.Passing.Contains(given.Lower) && !given.IsAny("topic", "work", "the", "to", "we", "i", "duty", "line") => FactKind.Preference,
        [var part, var state, ..] when Nouns.Body.Contains(part.Lower) && state.IsAny("bad", "dodgy", "weak", "gone", "worn", "stiff", "knackered", "buggered", "arthritic") => FactKind.Profile,
        [var medicine, .. var dose] when Medicines.Is(medicine) && dose.Any(word => word.IsNumber) => FactKind.Profile,
        [{ Lower: "allergic" or "intolerant" }, { Lower: "to" }, _, ..] => FactKind.Profile,
        [{ Lower: "vegan" or "vegetarian" or "coeliac" or "celiac" or "retired" or "widowed" or "divorced" or "left-handed" or "teetotal" }] => FactKind.Profile,
        _ => null,
    };

    // "New house prices" are no house.
    private static bool EndsNoun(ImmutableArray<Word> rest) =>
        rest is [] or [{ IsMark: true }, ..] or [{ IsNumber: true }, ..] || rest[0].IsAny("since", "in", "from", "at", "as", "with", "called", "named", "starting", "starts", "on");

    // A brother is one's own; a customer, a doctor or a dog may be anybody's.
    private static bool IsRelative(Word word) => Nouns.Women.Contains(word.Lower) || Nouns.Men.Contains(word.Lower);

    // "Name's Col. locksmith".
    private static bool IsIntroduced(Clause clause, Reading reading) =>
        reading.Clauses.Any(other => other.Start < clause.Start && (other.Has("name") || other.Words is [{ Lower: "i" }, { Lower: "'m" or "am" }, ..]));
}
