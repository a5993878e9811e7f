using PersonalAi.Adapters.Llama.Sampling;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Sampling;

public sealed class ConfidenceMeterTests
{
    [Fact]
    public void Margins_and_probabilities_are_those_of_the_softmax()
    {
        var meter = new ConfidenceMeter();

        // Probabilities 1/2, 1/4, 1/8, 1/8; then all alike.
        meter.Observe([MathF.Log(4), MathF.Log(2), 0, 0], token: 1, _ => true);
        meter.Observe([7, 7, 7, 7], token: 3, _ => true);

        var result = meter.Result!;
        Assert.Equal(2, result.Tokens);
        Assert.Equal(Math.Log(0.25), result.MeanLogProbability, 1e-6);
        Assert.Equal((0.25 + 0) / 2, result.MeanMargin, 1e-6);
        Assert.Equal(0, result.LowestMargin, 1e-6);
    }

    [Fact]
    public void A_vocabulary_of_many_tokens_gives_the_same_as_the_definition()
    {
        var random = new Random(7);
        float[] logits = [.. Enumerable.Range(0, 32_003).Select(_ => (random.NextSingle() * 40) - 20)];
        var meter = new ConfidenceMeter();

        meter.Observe(logits, token: 12_345, _ => true);

        var total = logits.Sum(logit => Math.Exp(logit));
        double[] likely = [.. logits.Select(logit => Math.Exp(logit) / total).OrderDescending()];
        Assert.Equal(Math.Log(Math.Exp(logits[12_345]) / total), meter.Result!.MeanLogProbability, 1e-5);
        Assert.Equal(likely[0] - likely[1], meter.Result.MeanMargin, 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Where_one_of_the_two_likeliest_is_forbidden_the_token_does_not_count(int forbidden)
    {
        var meter = new ConfidenceMeter();

        meter.Observe([3, 0, 2, 1], token: 1, token => token != forbidden);

        Assert.Null(meter.Result);
    }

    [Fact]
    public void What_else_is_forbidden_is_no_matter()
    {
        var meter = new ConfidenceMeter();

        meter.Observe([3, 0, 2, 1], token: 0, token => token is 0 or 2);

        Assert.Equal(1, meter.Result!.Tokens);
    }

    [Fact]
    public void Logits_that_are_no_numbers_are_passed_over()
    {
        var meter = new ConfidenceMeter();

        meter.Observe([float.NaN, 1, 2], token: 0, _ => true);
        meter.Observe([1], token: 0, _ => true);

        Assert.Null(meter.Result);
    }
}
