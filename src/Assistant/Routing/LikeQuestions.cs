using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall.Arms;

namespace PersonalAi.Assistant.Routing;

/// <summary>Finds, among the questions whose answers the user rated, those that share most of their words with a new one.</summary>
internal static class LikeQuestions
{
    // So many of the words that either has must be shared.
    private const double LeastShared = 0.4;

    /// <summary>What the user thought of the answers to them, as far as they were given on this machine.</summary>
    public static LikeThumbs Of(string question, IEnumerable<Turn> rated)
    {
        var words = WordArm.WordsOf(question);
        Turn[] like = [.. rated.Where(turn => turn is { Thumb: not null, Route.Confidence: not null } && IsLike(words, WordArm.WordsOf(turn.Prompt)))];
        return new LikeThumbs(like.Count(turn => turn.Thumb!.IsGood), like.Count(turn => !turn.Thumb!.IsGood));
    }

    private static bool IsLike(IReadOnlyList<string> words, IReadOnlyList<string> others)
    {
        var shared = words.Intersect(others, StringComparer.Ordinal).Count();
        return shared > 0 && shared >= LeastShared * (words.Count + others.Count - shared);
    }
}
