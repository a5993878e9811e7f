using PersonalAi.Assistant.Bench;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(new[] { 7.0 }, 7, 7, 7)]
    [InlineData(new[] { 9.0, 1.239, 5.678 }, 5.68, 1.24, 9)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 3, 1, 4)]
    public void The_middle_the_lowest_and_the_highest_count_whatever_their_order(double[] values, double median, double lowest, double highest) =>
        Assert.Equal(new Spread(median, lowest, highest), Spread.Of(values));
}
