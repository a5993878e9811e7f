using PersonalAi.Tests.Fakes;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class CurrentTimeToolTests
{
    private static readonly ManualTime Time = new(new DateTimeOffset(2026, 11, 21, 23, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    [Fact]
    public async Task The_time_is_that_of_the_users_own_zone()
    {
        var text = await CurrentTimeTool.Create(Time).CallAsync(new { }, TestContext.Current.CancellationToken);

        Assert.Equal("Sunday, 2026-11-22, 00:30, time zone Europe/Berlin (UTC+01)", text);
    }

    [Theory]
    [InlineData("Asia/Kolkata", "Sunday, 2026-11-22, 05:00, time zone Asia/Kolkata (UTC+05:30)")]
    [InlineData("new york", "Saturday, 2026-11-21, 18:30, time zone America/New_York (UTC-05)")]
    [InlineData("Tokyo", "Sunday, 2026-11-22, 08:30, time zone Asia/Tokyo (UTC+09)")]
    [InlineData("utc", "Saturday, 2026-11-21, 23:30, time zone UTC (UTC+00)")]
    public async Task A_zone_is_named_by_its_id_or_its_city(string zone, string expected)
    {
        var text = await ZoneTimeTool.Create(Time).CallAsync(new { zone }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, text);
    }

    [Fact]
    public async Task An_unknown_zone_is_refused_with_an_example()
    {
        var message = await ZoneTimeTool.Create(Time).RefuseAsync(new { zone = "Moon/Tranquility" }, TestContext.Current.CancellationToken);

        Assert.Equal("There is no time zone 'Moon/Tranquility': name one like 'Europe/Berlin', by the largest city of that zone.", message);
    }
}
