using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"I might go down to four days", "I'm thinking of giving up barley": a plan that is not sure, for the inbox at the most.</summary>
internal sealed class PlanRule() : FactRule("plan")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        statement is { Subject.Kind: SubjectKind.User or SubjectKind.Group, Negated: false, Rest.IsEmpty: false } && (IsPossible(statement) || IsConsidered(statement))
            ? Fact(FactKind.Task, statement, reading) with { Doubt = DoubtReason.Uncertain, Confidence = 0.5 }
            : null;

    private static bool IsPossible(Statement statement) =>
        statement.Tense == StatementTense.Conditional && statement.Says("might", "may")
        && (Verbs.Is(statement.Verb, VerbSort.Change) || Verbs.Is(statement.Verb, VerbSort.State) || Verbs.Is(statement.Verb, VerbSort.Habit));

    private static bool IsConsidered(Statement statement) =>
        statement.Tense == StatementTense.Progressive
        && ((statement.Verb is "consider" or "plan") || (statement.Verb == "think" && statement.Rest is [{ Lower: "of" or "about" }, _, ..]));
}
