using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"I hate coriander", "I can't stand crowds", "my favourite colour is", "I don't drink coffee any more": likes and dislikes.</summary>
internal sealed class TasteRule() : FactRule("taste")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        statement is { Subject.Kind: SubjectKind.User or SubjectKind.Group or SubjectKind.Omitted } && !IsEmpty(statement) && (IsLiking(statement) || IsDislike(statement) || IsDiet(statement) || IsGivenUp(statement) || IsRefusal(statement))
            ? Fact(FactKind.Preference, statement, reading) with { Attribute = Attributes.Of(statement) }
            : null;

    private static bool IsLiking(Statement statement) =>
        Verbs.Is(statement.Verb, VerbSort.Liking)
        && (statement.Tense is StatementTense.Present or StatementTense.Former || (statement.Tense == StatementTense.Conditional && statement.Verb == "prefer"))
        && !statement.Rest[0].IsAny("that", "this", "it", "how", "when", "your", "you", "what", "those", "these", ",", "more");

    private static bool IsDislike(Statement statement) => statement.Negated && statement.Verb is "stand" or "bear" && statement.Says("can") && !statement.Rest[0].IsAny("it", "this", "that");

    private static bool IsDiet(Statement statement) =>
        Verbs.Is(statement.Verb, VerbSort.Consumption)
        && (statement.Tense is StatementTense.Present or StatementTense.Former || (statement.Tense is StatementTense.Progressive or StatementTense.Perfect && statement.Negated))
        && (statement.Negated || Details.Recurs(statement.Clause.Words) || statement.Rest.Length > 0);

    // "I've gone off coffee", "I gave up sugar".
    private static bool IsGivenUp(Statement statement) =>
        statement.Tense is StatementTense.Perfect or StatementTense.Past
        && ((statement.Verb == "go" && statement.Rest[0].Is("off")) || (statement.Verb == "give" && statement.Rest[0].Is("up")) || (statement.Verb == "stop" && statement.Rest[0].Lower.EndsWith("ing", StringComparison.Ordinal)));

    // "I will not stock them", "I never fly", "I don't follow football", "I can't do Thursdays".
    private static bool IsRefusal(Statement statement) =>
        statement.Negated && statement.Tense is StatementTense.Present or StatementTense.Future
        && (statement.Says("never", "ever", "anymore") || statement.Says("will") || Verbs.Is(statement.Verb, VerbSort.Habit) || (statement.Says("can") && (Details.Recurs(statement.Rest) || (statement.Says("till", "until") && Details.HasDay(statement.Rest)))) || Verbs.Is(statement.Verb, VerbSort.State))
        && (Verbs.IsKnown(statement.Verb) || statement.Says("will", "never")) && !Verbs.Is(statement.Verb, VerbSort.Other) && statement.Verb is not ("get" or "be" or "have" or "see" or "do" or "go" or "find" or "come" or "work" or "make")
        || (statement is { Negated: true, Verb: "do" or "go" or "work" or "have" or "eat" } && statement.Says("never", "can") && Details.Recurs(statement.Clause.Words[statement.VerbAt..]));

    // "I eat like a horse" is a manner of speaking.
    private static bool Simile(Statement statement) => !Verbs.Is(statement.Verb, VerbSort.Liking) && statement.Says("like");

    private static bool IsEmpty(Statement statement) =>
        Simile(statement) ||
        statement.Rest.IsEmpty || (statement.Rest.Take(3).Any(word => Nouns.Passing.Contains(word.Lower)) && !Details.IsDefinite(statement.Rest));
}
