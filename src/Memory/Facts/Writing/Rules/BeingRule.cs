using System.Collections.Frozen;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"I'm a nurse", "I'm fifty-three", "I'm from Kutaisi", "I'm allergic to penicillin": what the user is.</summary>
internal sealed class BeingRule() : FactRule("being")
{
    private static readonly FrozenSet<string> Lasting = (
        "allergic vegan vegetarian veggie coeliac celiac diabetic married divorced single engaged pregnant retired self-employed unemployed left-handed right-handed colour-blind deaf blind dyslexic autistic "
        + "bilingual freelance catholic muslim jewish buddhist protestant lactose intolerant asthmatic widowed gay lesbian bisexual trans teetotal born based responsible qualified trained fluent "
        + "interested fond keen into terrified scared afraid used employed enrolled british german french spanish italian polish english irish scottish welsh dutch american canadian georgian "
        + "swedish norwegian danish portuguese austrian swiss turkish greek indian chinese japanese korean vietnamese ukrainian russian brazilian mexican nigerian kenyan nearsighted short-sighted tall")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] NoRole = ["bit", "little", "mess", "one", "way", "while", "moment", "big", "long", "huge", "step", "fraud", "wreck", "genius", "zombie", "monster", "joke", "slave"];

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        statement is { Verb: "be", Subject.Kind: SubjectKind.User or SubjectKind.Group, Tense: StatementTense.Present or StatementTense.Past or StatementTense.Former or StatementTense.Perfect or StatementTense.Future }
        && (statement.Tense == StatementTense.Future ? WillBe(statement) : Lasts(statement))
            ? Fact(FactKind.Profile, statement, reading) with { Attribute = Attributes.Of(statement) }
            : null;

    // "From April I shall be on plot 4".
    private static bool WillBe(Statement statement) =>
        statement.Rest is [{ Lower: "in" or "at" or "on" }, ..] && Details.IsDefinite(statement.Rest) && Details.HasDay(statement.Clause.Words);

    private static bool Lasts(Statement statement)
    {
        var words = statement.Rest.SkipWhile(word => word.IsAny("n't", "not", "really", "also", "now", "still", "currently", "usually", "actually", "very", "quite", "always", "just", "only", "both", "happily", "never", "mostly")).ToList();
        if (words is not [var head, .. var rest])
        {
            return false;
        }

        return Lasting.Contains(head.Lower)
            || (statement.Tense is StatementTense.Past && Details.HasDate(statement.Rest) && rest.Exists(Details.IsName))
            || statement.Tense is StatementTense.Former
            || (head.IsAny("a", "an", "the") && rest is [var noun, ..] && !NoRole.Contains(noun.Lower) && !Nouns.Passing.Contains(rest[^1].Lower))
            || (head.IsNumber && !statement.Negated && statement.Tense == StatementTense.Present && rest is [] or [{ Lower: "," or "years" or "year" or "now" or "and" }, ..])
            || (head.IsAny("from", "in", "at", "on") && rest is [var place, ..] && (Details.IsName(place) || (head.Is("from") && !place.IsAny("the", "my", "a", "here", "there", "work", "home")) || statement.Clause.Has("since", "until", "till", "leave", "medication", "parental")))
            || (head.Is("on") && rest is [var taken, ..] && Medicines.Is(taken))
            || (head.IsAny("down", "up") && rest is [{ Lower: "to" }, .. var counted] && counted.Exists(word => word.IsNumber))
            || (head.IsAny("home") && statement.Clause.Has("until", "till"))
            || (rest.Exists(word => word.IsAny("principal", "years", "kg", "cm", "metres", "kyu", "dan")) && words.Exists(word => word.IsNumber))
            // "I am driver of truck": those who learn English leave the article out.
            || (Trades.Are(head) && (rest.Count == 0 || rest[0].IsAny("at", "in", "for", "by", "of", ",", "and")))
            || (head.IsAny("good", "bad", "terrible", "hopeless", "rubbish", "useless", "great") && rest is [{ Lower: "at" or "with" }, ..]);
    }
}
