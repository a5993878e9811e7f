using PersonalAi.Assistant.Routing;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Assistant.Routing;

public sealed class RouterTests
{
    private static readonly RouteOptions Open = new() { Elsewhere = "openai/gpt-5", MayAsk = true };
    private static readonly Dictionary<string, RouteCalibration> Uncalibrated = [];
    private static readonly Dictionary<string, RouteCalibration> Calibrated = new() { ["starter"] = new(Intercept: -2, Slope: 4, Threshold: 0.5, Good: 20, Bad: 10) };
    private static readonly RouteSignals Plain = new("starter", TaskKind.Question) { PromptTokens = 120, ContextTokens = 4096 };

    [Fact]
    public void An_answer_that_nothing_speaks_against_stays()
    {
        var decision = new Router(Open, Calibrated).Answer(Plain);

        Assert.Equal((RouteStep.Answer, Capability.MainLocalModel, null), (decision.Step, decision.Capability, decision.Suggestion));
        Assert.Equal(
            [
                "starter runs on this machine, and every question is asked there first",
                "the task is of the kind question",
                "the prompt takes 120 of 4096 tokens",
                "nothing speaks against the answer",
            ],
            decision.Reasons);
    }

    [Fact]
    public void An_unsure_answer_has_it_proposed_to_ask_elsewhere()
    {
        var router = new Router(Open, Calibrated);

        var decision = router.Answer(Plain with { Confidence = new AnswerConfidence(9, -1, 0.3, 0.01) });

        Assert.Equal("escalation to openai/gpt-5 is proposed, because the answer is unsure (confidence 0.31, below 0.50)", decision.Suggestion);
        Assert.Contains("its confidence is 0.31, calibrated on 30 of your thumbs", decision.Reasons);
    }

    [Fact]
    public void A_sure_answer_is_left_alone()
    {
        var router = new Router(Open, Calibrated);

        var decision = router.Answer(Plain with { Confidence = new AnswerConfidence(9, -1, 0.8, 0.01) });

        Assert.Null(decision.Suggestion);
        Assert.Contains("its confidence is 0.77, calibrated on 30 of your thumbs", decision.Reasons);
    }

    [Fact]
    public void A_margin_that_is_not_calibrated_is_said_to_be_so_and_proposes_nothing()
    {
        var router = new Router(Open, Uncalibrated);

        var decision = router.Answer(Plain with { Confidence = new AnswerConfidence(9, -1, 0.01, 0.01) });

        Assert.Null(decision.Suggestion);
        Assert.Contains("its mean margin is 0.01, which is not calibrated: rate answers, then 'pai eval route'", decision.Reasons);
    }

    [Fact]
    public void All_that_speaks_against_an_answer_is_named()
    {
        var decision = new Router(Open, Uncalibrated).Answer(Plain with
        {
            ToolCalls = 3, ToolFailures = 2, IsCut = true, IsShortened = true, Likes = new LikeThumbs(Good: 1, Bad: 3),
        });

        Assert.Equal(
            "escalation to openai/gpt-5 is proposed, because 2 of 3 calls of tools failed, the answer reached its token limit, "
            + "a summary stands for older turns, which do not fit into the window and 3 of 4 answers to like questions were bad by your thumbs",
            decision.Suggestion);
    }

    [Theory]
    [InlineData(3, 1, 0, 0)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(0, 0, 2, 2)]
    public void A_failure_among_many_and_a_few_thumbs_say_too_little(int calls, int failures, int good, int bad)
    {
        var decision = new Router(Open, Uncalibrated).Answer(Plain with { ToolCalls = calls, ToolFailures = failures, Likes = new LikeThumbs(good, bad) });

        Assert.Null(decision.Suggestion);
    }

    [Fact]
    public void What_must_not_leave_is_said()
    {
        var decision = new Router(Open, Uncalibrated).Answer(Plain with { Labels = new WindowLabels(Never: 2, Ask: 5, Ok: 1) });

        Assert.Contains("2 facts labelled never in the window may not leave this machine", decision.Reasons);
    }

    [Theory]
    [InlineData(null, true, 5, "no model elsewhere is configured, so nothing is proposed")]
    [InlineData("openai/gpt-5", false, 5, "consent is off, so nothing is proposed")]
    [InlineData("openai/gpt-5", true, 0, "the money that may be spent is spent, so nothing is proposed")]
    [InlineData("openai/gpt-5", true, 5, "less time is left than the answer took, so nothing is proposed")]
    public void Where_nothing_may_be_proposed_nothing_is_and_the_reasons_say_so(string? elsewhere, bool mayAsk, int money, string reason)
    {
        var options = new RouteOptions { Elsewhere = elsewhere, MayAsk = mayAsk, MoneyLeft = money };

        var decision = new Router(options, Uncalibrated).Answer(Plain with { IsCut = true, Elapsed = TimeSpan.FromSeconds(20), TimeBudget = TimeSpan.FromSeconds(30) });

        Assert.Equal((null, reason), (decision.Suggestion, decision.Reasons[^1]));
        Assert.Contains("the answer reached its token limit", decision.Reasons);
    }
}
