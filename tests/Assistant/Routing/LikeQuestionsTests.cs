using PersonalAi.Assistant.Routing;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Assistant.Routing;

public sealed class LikeQuestionsTests
{
    [Fact]
    public void Questions_that_share_most_of_their_words_are_like()
    {
        Turn[] rated =
        [
            Rated("What is the capital of France?", isGood: true),
            Rated("Tell me the capital of France", isGood: false),
            Rated("France: its capital?", isGood: false),
            Rated("What is the capital of a bank?", isGood: false),
            Rated("How do I bake bread?", isGood: true),
        ];

        Assert.Equal(new LikeThumbs(Good: 1, Bad: 2), LikeQuestions.Of("And what is the capital of France?", rated));
        Assert.Equal(default, LikeQuestions.Of("Sing!", rated));
        Assert.Equal(default, LikeQuestions.Of("", rated));
    }

    [Fact]
    public void Answers_from_elsewhere_say_nothing_of_those_that_are_given_here()
    {
        var elsewhere = Rated("What is the capital of France?", isGood: false) with { Outcome = new TurnOutcome(TurnStatus.Complete) { Route = new TurnRoute([]) } };

        Assert.Equal(default, LikeQuestions.Of("What is the capital of France?", [elsewhere]));
    }

    private static Turn Rated(string prompt, bool isGood) =>
        new(new TurnId(Guid.NewGuid()), new SessionId(Guid.NewGuid()), null, prompt, "starter", DateTimeOffset.UnixEpoch)
        {
            Thumb = new TurnThumb(isGood, DateTimeOffset.UnixEpoch),
            Outcome = new TurnOutcome(TurnStatus.Complete) { Route = new TurnRoute([]) { Confidence = new AnswerConfidence(3, -1, 0.5, 0.1) } },
        };
}
