using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>What of other people is worth keeping: who they are and what they do, not what they say, think or feel today.</summary>
internal static class Person
{
    public static bool IsTold(Statement statement) => statement.Tense switch
    {
        StatementTense.Conditional => false,
        StatementTense.Progressive => statement.Verb is "live" or "work" or "study" or "learn" or "marry" or "move" or "come" or "get" or "leave" or "expect" or "start" or "go" or "visit" or "train"
            && !statement.Rest.IsEmpty && (statement.Verb is not ("go" or "get" or "come") || Details.IsDefinite(statement.Rest) || statement.Says("married", "engaged", "divorced"))
            || (Details.HasDay(statement.Rest) && !Verbs.Is(statement.Verb, VerbSort.Other)),
        _ when Verbs.Is(statement.Verb, VerbSort.Other) && !Verbs.Is(statement.Verb, VerbSort.Change) => false,
        StatementTense.Present when statement.Verb == "be" => statement.Rest is [var first, ..] && !IsPassing(first),
        StatementTense.Present => !statement.Rest.IsEmpty && IsVerbal(statement),
        StatementTense.Past or StatementTense.Perfect when statement.Verb == "be" => Details.IsDefinite(statement.Rest) || (statement.Rest is [{ Lower: "a" or "an" }, ..] && statement.Rest.Length > 1),
        StatementTense.Past or StatementTense.Perfect => Verbs.Is(statement.Verb, VerbSort.Change) && (Details.IsDefinite(statement.Rest) || statement.Verb is "die" or "marry" or "retire" or "graduate" or "give" or "move" || statement.Rest.Any(word => Nouns.Milestones.Contains(word.Lower))),
        StatementTense.Future => Details.HasDay(statement.Rest),
        _ => statement.Tense == StatementTense.Former,
    };

    private static bool IsVerbal(Statement statement) =>
        Verbs.IsKnown(statement.Verb)
        && (statement.Verb is not ("get" or "keep" or "put" or "turn" or "take" or "read" or "go" or "make" or "call" or "bring" or "come" or "see" or "find" or "use" or "start" or "leave" or "finish")
            || Details.HasDay(statement.Rest) || Details.Recurs(statement.Rest) || statement.Rest.Any(word => word.IsNumber));

    private static bool IsPassing(Word word) => word.IsAny(
        "so", "too", "very", "really", "just", "here", "there", "back", "home", "asleep", "awake", "crying", "tired", "hungry", "fine", "ok", "okay", "sick", "ill", "angry", "upset", "late",
        "not", "n't", "right", "wrong", "out", "being", "off", "about", "always", "sure", "happy", "sad", "worried", "busy", "ready", "quite", "absolutely", "such", "what", "that", "this", "why", "how", "up", "gone");
}
