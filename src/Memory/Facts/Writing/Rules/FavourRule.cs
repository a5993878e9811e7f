using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"They've given me the stall", "the committee elected me", "they moved us to the other building": what others decided about the user.</summary>
internal sealed class FavourRule() : FactRule("favour")
{
    private static readonly string[] Deciding =
        ["give", "offer", "elect", "appoint", "promote", "accept", "hire", "move", "transfer", "let", "choose", "pick", "award", "sack", "fire", "invite", "grant", "assign", "diagnose", "refuse", "reject"];

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        statement is { Subject.Kind: SubjectKind.Pronoun or SubjectKind.Name, Tense: StatementTense.Past or StatementTense.Perfect, Rest: [{ Lower: "me" or "us" }, var next, ..] }
        && Deciding.Contains(statement.Verb)
        && !next.IsMark && !next.IsAny("last", "yesterday", "today", "on", "in", "this", "again", "and", "so")
        && clause.Words[statement.Subject.First].IsAny("they", "the") && !statement.Rest.Any(word => Nouns.Passing.Contains(word.Lower))
            ? Fact(FactKind.Event, statement, reading)
            : null;
}
