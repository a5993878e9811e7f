using PersonalAi.Assistant.Terminal;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class MomentTextTests
{
    private static readonly TimeZoneInfo TwoHoursEast = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east");

    [Theory]
    [InlineData("2026-03-10T21:59:00Z", "today 23:59")]
    [InlineData("2026-03-09T22:00:00Z", "today 00:00")]
    [InlineData("2026-03-09T21:59:59Z", "yesterday 23:59")]
    [InlineData("2026-03-08T21:59:59Z", "2026-03-08 23:59")]
    [InlineData("2025-03-10T12:00:00Z", "2025-03-10 14:00")]
    [InlineData("2026-03-11T12:00:00Z", "2026-03-11 14:00")]
    public void Days_are_those_of_the_local_calendar(string moment, string text)
    {
        var time = new ManualTime(DateTimeOffset.Parse("2026-03-10T20:00:00Z", System.Globalization.CultureInfo.InvariantCulture), TwoHoursEast);

        Assert.Equal(text, time.Describe(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
