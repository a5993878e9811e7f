using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class DateToolTests
{
    private static readonly ManualTime Time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private static readonly Tool AddToDate = AddToDateTool.Create(Time);
    private static readonly Tool DaysBetween = DaysBetweenTool.Create(Time);
    private static readonly Tool Weekday = WeekdayTool.Create(Time);

    [Theory]
    [InlineData("2026-11-21", "3 weeks", "Saturday, 2026-11-21 plus 3 weeks is Saturday, 2026-12-12.")]
    [InlineData("today", "-2 months", "Saturday, 2026-11-21 plus -2 months is Monday, 2026-09-21.")]
    [InlineData("2027-01-31", "1 month", "Sunday, 2027-01-31 plus 1 month is Sunday, 2027-02-28.")]
    [InlineData("2028-02-29", "1 year", "Tuesday, 2028-02-29 plus 1 year is Wednesday, 2029-02-28.")]
    [InlineData("tomorrow", "1 year, 2 months and 3 days", "Sunday, 2026-11-22 plus 1 year, 2 months and 3 days is Tuesday, 2028-01-25.")]
    public async Task Days_weeks_months_and_years_are_added(string date, string amount, string expected)
    {
        var text = await AddToDate.CallAsync(new { date, amount }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("today", "2026-12-25", "From Saturday, 2026-11-21 to Friday, 2026-12-25: 34 days (4 weeks and 6 days).")]
    [InlineData("today", "friday", "From Saturday, 2026-11-21 to Friday, 2026-11-27: 6 days.")]
    [InlineData("2026-12-25", "yesterday", "From Friday, 2026-12-25 to Friday, 2026-11-20: -35 days (5 weeks and 0 days).")]
    public async Task Days_between_two_dates_are_counted(string from, string until, string expected)
    {
        var text = await DaysBetween.CallAsync(new { from, until }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("2026-12-24", "2026-12-24 is Thursday, 2026-12-24.")]
    [InlineData("July 4, 2027", "July 4, 2027 is Sunday, 2027-07-04.")]
    [InlineData("the 25th of December 2026", "the 25th of December 2026 is Friday, 2026-12-25.")]
    [InlineData("25th of December 2026", "25th of December 2026 is Friday, 2026-12-25.")]
    [InlineData("December 25th, 2026", "December 25th, 2026 is Friday, 2026-12-25.")]
    [InlineData("24.12.2026", "24.12.2026 is Thursday, 2026-12-24.")]
    public async Task The_weekday_of_a_date_is_named(string date, string expected)
    {
        var text = await Weekday.CallAsync(new { date }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("03/04/2026")]
    [InlineData("2026-02-30")]
    [InlineData("Christmas")]
    public async Task What_is_no_date_or_could_be_two_is_refused(string date)
    {
        var message = await Weekday.RefuseAsync(new { date }, TestContext.Current.CancellationToken);

        Assert.Equal($"'{date}' is not a date: write it as YYYY-MM-DD, like 2026-12-24, or 'today'.", message);
    }

    [Theory]
    [InlineData("a while")]
    [InlineData("3")]
    [InlineData("2.5 weeks")]
    public async Task What_is_no_span_is_refused(string amount)
    {
        var message = await AddToDate.RefuseAsync(new { date = "today", amount }, TestContext.Current.CancellationToken);

        Assert.Equal($"'{amount}' cannot be added to a date: write a whole number and days, weeks, months or years, like '3 weeks' or '-2 months'.", message);
    }

    [Theory]
    [InlineData("999999999 years")]
    [InlineData("900000 months")]
    public async Task A_span_beyond_all_calendars_is_refused(string amount)
    {
        var message = await AddToDate.RefuseAsync(new { date = "today", amount }, TestContext.Current.CancellationToken);

        Assert.Equal($"'{amount}' leads beyond the years that can be counted: use a smaller number.", message);
    }
}
