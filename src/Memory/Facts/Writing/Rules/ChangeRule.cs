using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"I moved to Porto", "switched from Rider to Neovim", "I start on the 12th of May": what happened to the user, and what is going to.</summary>
internal sealed class ChangeRule() : FactRule("change")
{
    // Of a life, whatever else is said; the other changes must name somebody, something or a time.
    private static readonly string[] Great = ["marry", "quit", "graduate", "retire", "resign", "divorce", "adopt", "emigrate", "pass", "fail", "promote", "inherit", "switch", "move", "join", "hire"];

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        statement is { Subject.Kind: SubjectKind.User or SubjectKind.Group or SubjectKind.Omitted, Verb: not "be" } && (Verbs.Is(statement.Verb, VerbSort.Change) || IsExpecting(statement))
        && (Happened(statement) || WillHappen(statement) || IsDecidedAgainst(statement) || IsExpecting(statement))
            ? Fact(FactKind.Event, statement, reading) with { Attribute = Attributes.Of(statement), Confidence = 0.85 }
            : null;

    private static bool Happened(Statement statement) =>
        statement is { Tense: StatementTense.Past or StatementTense.Perfect, Negated: false }
        && (Great.Contains(statement.Verb) ? !(statement.Rest is [var first, ..] && first.IsAny("it", "this", "that", "on", "out"))
            : statement.Verb is not ("get" or "make" or "put") && Details.IsDefinite(statement) && !statement.Rest.Take(5).Any(word => Nouns.Passing.Contains(word.Lower)) || IsJob(statement));

    private static bool WillHappen(Statement statement) =>
        (statement.Tense is StatementTense.Future or StatementTense.Progressive || (statement.Tense == StatementTense.Present && statement.Verb is "start" or "begin" or "leave" or "move" or "join" or "finish" or "fly" or "have" or "retire" or "turn" or "open" or "close" or "shut" or "get"))
        && !statement.Negated
        && (Details.HasDate(statement.Clause.Words) || (statement.Verb is "move" or "marry" or "get" or "retire" or "leave" or "quit" or "swap" or "switch" && Details.IsDefinite(statement)) || (statement.Verb == "get" && statement.Says("married", "divorced"))
            || (statement.Verb is "leave" or "join" or "quit" or "sell" && statement.Rest is [{ Lower: "the" or "my" or "our" }, .. var left] && left.Any(word => Nouns.Milestones.Contains(word.Lower))))
        && !statement.Says("tonight", "now") && !statement.Rest.Take(4).Any(word => Nouns.Passing.Contains(word.Lower));

    private static bool IsExpecting(Statement statement) =>
        statement is { Verb: "expect", Tense: StatementTense.Progressive } && statement.Says("baby", "child", "twins");

    // "We're not renewing", "not selling up".
    private static bool IsDecidedAgainst(Statement statement) =>
        statement is { Tense: StatementTense.Progressive, Negated: true } && statement.Verb is "renew" or "sell" or "move" or "leave" or "marry" or "retire" or "quit" or "join" or "work" or "live" or "study" or "close" or "buy" or "switch" or "apply" or "return";

    private static bool IsJob(Statement statement) => (statement.Rest.Length > 3 || statement.Says("the", "married", "engaged", "divorced")) &&
        statement.Verb is "get" or "take" or "lose" or "leave" or "start" or "land" or "have" && (statement.Rest.Any(word => Nouns.Milestones.Contains(word.Lower)) || statement.Says("married", "divorced", "engaged"));
}
