using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>Questions, also those without a question mark: "do I own that one", "what if we moved".</summary>
internal sealed class QuestionGuard : Guard
{
    private static readonly string[] Openings =
    [
        "what", "which", "who", "whose", "how", "why", "where", "whether", "is", "are", "am", "was", "were", "do", "does", "did", "can", "could", "should", "would", "will", "shall",
        "may", "might", "any", "has", "have",
    ];

    public override bool Refuses(Clause clause, Reading reading) =>
        (Openings.Contains(clause.Words[0].Lower) && !clause.Words[0].IsAny("will", "may") && !IsProhibition(clause))
        || (clause.EndMark == '?' && !IsFollowedByTheQuestion(clause));

    private static bool IsProhibition(Clause clause) => clause.Words is [{ Lower: "do" }, { Lower: "n't" or "not" }, ..];

    // "My wife is coeliac, what can I cook?": the question begins behind the statement.
    private static bool IsFollowedByTheQuestion(Clause clause) => clause.Sentence
        .SkipWhile(word => word.Start < clause.End)
        .Any(word => Openings.Contains(word.Lower) || Verbs.IsRequest(word.Lower));
}
