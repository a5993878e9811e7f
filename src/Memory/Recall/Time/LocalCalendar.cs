namespace PersonalAi.Memory.Recall.Time;

/// <summary>Ranges of local time, counted from one moment; null for what lies outside the calendar.</summary>
internal sealed class LocalCalendar(DateTime time)
{
    private const long LongestStretch = 100_000_000;
    private const int DaysOfVagueMonth = 30;

    private readonly DateTime _now = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);

    private DateTime Today => _now.Date;

    /// <summary>A day, counted from today.</summary>
    public TimeRange? Day(int offset) => Shift(Today, offset, TimeUnit.Day) is { } day ? Starting(day, TimeUnit.Day) : null;

    /// <summary>A date.</summary>
    public static TimeRange? Day(int year, int month, int day) =>
        IsYear(year) && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? Starting(new DateTime(year, month, day), TimeUnit.Day)
            : null;

    /// <summary>A month of a year.</summary>
    public static TimeRange? Month(int year, int month) => Months(year, month, 1);

    /// <summary>A quarter of a year.</summary>
    public static TimeRange? Quarter(int year, int quarter) => Months(year, (quarter * 3) - 2, 3);

    /// <summary>A half of a year.</summary>
    public static TimeRange? Half(int year, int half) => Months(year, (half * 6) - 5, 6);

    /// <summary>A year.</summary>
    public static TimeRange? Year(int year) => Months(year, 1, 12);

    /// <summary>A year, counted from this one.</summary>
    public int YearFromNow(int offset) => _now.Year + offset;

    /// <summary>A date without its year: the most recent one, today's included.</summary>
    public TimeRange? RecentDay(int month, int day)
    {
        // Between two 29ths of February lie up to eight years.
        for (var year = _now.Year; year > _now.Year - 9; year--)
        {
            if (Day(year, month, day) is { } range && range.From <= _now)
            {
                return range;
            }
        }
        return null;
    }

    /// <summary>A month without its year: the most recent one, the current one included.</summary>
    public TimeRange? RecentMonth(int month) => Month(month <= _now.Month ? _now.Year : _now.Year - 1, month);

    /// <summary>The last (-1) or next (1) month of a name, not the current one; this year's for 0.</summary>
    public TimeRange? WhichMonth(int which, int month)
    {
        var passed = which < 0 ? month < _now.Month : month <= _now.Month;
        return Month(_now.Year + which + (which < 0 && passed ? 1 : which > 0 && !passed ? -1 : 0), month);
    }

    /// <summary>The last (-1) or next (1) day of a name, not today; this week's for 0. Monday is 0.</summary>
    public TimeRange? WhichWeekday(int which, int weekday)
    {
        var days = weekday - Weekday;
        return Day(which switch
        {
            < 0 => days < 0 ? days : days - 7,
            > 0 => days > 0 ? days : days + 7,
            _ => days,
        });
    }

    /// <summary>A day of a week, counted from this one.</summary>
    public TimeRange? DayOfWeek(int week, int weekday) => Day((week * 7) + weekday - Weekday);

    /// <summary>The weekend of a coming week (from 0, this one), or the last that has begun before today (-1).</summary>
    public TimeRange? Weekend(int which)
    {
        const int Saturday = 5;
        var offset = which >= 0 ? (which * 7) + Saturday - Weekday : ((which + 1) * 7) - 1 - ((Weekday + 1) % 7);
        return Shift(Today, offset, TimeUnit.Day) is { } day && Shift(day, 2, TimeUnit.Day) is { } end ? new TimeRange(day, end) : null;
    }

    /// <summary>The weekend that is, or else was.</summary>
    public TimeRange? RecentWeekend() => Weekday >= 5 ? Weekend(0) : Weekend(-1);

    /// <summary>A unit of the calendar, counted from the current one.</summary>
    public TimeRange? Current(TimeUnit unit, int offset) => Shift(Floor(_now, unit), offset, unit) is { } start ? Starting(start, unit) : null;

    /// <summary>The day, or for shorter units the hour, minute or second, that is a number of units away.</summary>
    public TimeRange? Away(long count, TimeUnit unit)
    {
        var grain = unit < TimeUnit.Day ? unit : TimeUnit.Day;
        return Shift(_now, count, unit) is { } moment ? Starting(Floor(moment, grain), grain) : null;
    }

    /// <summary>The days from one number of units away to another; months are 30 days, as the numbers are only about right.</summary>
    public TimeRange? Away(long first, long last, TimeUnit unit)
    {
        var (days, grain) = unit == TimeUnit.Month ? (DaysOfVagueMonth, TimeUnit.Day) : (1, unit);
        return Away(first * days, grain) is { } from && Away(last * days, grain) is { } to ? new TimeRange(from.From, to.To) : null;
    }

    /// <summary>The stretch from a number of units ago (where negative) up to now, or from now on; whole days, unless the unit is shorter.</summary>
    public TimeRange? Around(long count, TimeUnit unit) => (unit < TimeUnit.Day, count < 0) switch
    {
        (true, true) => Shift(_now, count, unit) is { } from ? new TimeRange(from, _now) : null,
        (true, false) => Shift(_now, count, unit) is { } to ? new TimeRange(_now, to) : null,
        (false, true) => Away(count, unit) is { } first ? new TimeRange(first.From, EndOf(Today, TimeUnit.Day)) : null,
        (false, false) => Away(count, unit) is { } last ? new TimeRange(Today, last.To) : null,
    };

    /// <summary>A part of a day.</summary>
    public static TimeRange PartOf(TimeRange day, DayPart part) => part switch
    {
        DayPart.Morning => Hours(day, 5, 12),
        DayPart.Afternoon => Hours(day, 12, 18),
        DayPart.Evening => Hours(day, 18, 24),
        _ => Hours(day, 18, 30),
    };

    /// <summary>Hours of a day.</summary>
    public static TimeRange Hours(TimeRange day, int from, int to) => new(
        Shift(day.From, from, TimeUnit.Hour) ?? DateTime.MaxValue,
        Shift(day.From, to, TimeUnit.Hour) ?? DateTime.MaxValue);

    /// <summary>A range some units away.</summary>
    public static TimeRange? Shift(TimeRange range, long count, TimeUnit unit) =>
        Shift(range.From, count, unit) is { } from && Shift(range.To, count, unit) is { } to ? new TimeRange(from, to) : null;

    private int Weekday => ((int)_now.DayOfWeek + 6) % 7;

    private static bool IsYear(int year) => year is >= 1 and <= 9999;

    private static TimeRange? Months(int year, int first, int count) => IsYear(year) && first is >= 1 and <= 12
        ? new DateTime(year, first, 1) is var start ? new TimeRange(start, Shift(start, count, TimeUnit.Month) ?? DateTime.MaxValue) : null
        : null;

    private static TimeRange Starting(DateTime start, TimeUnit unit) => new(start, EndOf(start, unit));

    private static DateTime EndOf(DateTime start, TimeUnit unit) => Shift(start, 1, unit) ?? DateTime.MaxValue;

    private static DateTime? Shift(DateTime from, long count, TimeUnit unit) => Math.Abs(count) > LongestStretch ? null : unit switch
    {
        TimeUnit.Second => ShiftTicks(from, count * TimeSpan.TicksPerSecond),
        TimeUnit.Minute => ShiftTicks(from, count * TimeSpan.TicksPerMinute),
        TimeUnit.Hour => ShiftTicks(from, count * TimeSpan.TicksPerHour),
        TimeUnit.Day => ShiftDays(from, count),
        TimeUnit.Week => ShiftDays(from, count * 7),
        TimeUnit.Month => ShiftMonths(from, count),
        TimeUnit.Quarter => ShiftMonths(from, count * 3),
        _ => ShiftMonths(from, count * 12),
    };

    private static DateTime? ShiftTicks(DateTime from, long ticks) =>
        from.Ticks + ticks is var shifted && shifted >= 0 && shifted <= DateTime.MaxValue.Ticks ? new DateTime(shifted) : null;

    private static DateTime? ShiftDays(DateTime from, long days) =>
        Math.Abs(days) <= DateTime.MaxValue.Ticks / TimeSpan.TicksPerDay ? ShiftTicks(from, days * TimeSpan.TicksPerDay) : null;

    private static DateTime? ShiftMonths(DateTime from, long months) =>
        Math.DivRem(((from.Year * 12L) + from.Month - 1) + months, 12) is var (year, _) && year is >= 1 and <= 9999 ? from.AddMonths((int)months) : null;

    private static DateTime Floor(DateTime moment, TimeUnit unit) => unit switch
    {
        TimeUnit.Second => new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond)),
        TimeUnit.Minute => new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerMinute)),
        TimeUnit.Hour => new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerHour)),
        TimeUnit.Day => moment.Date,
        TimeUnit.Week => moment.Date.AddDays(-Math.Min(((int)moment.DayOfWeek + 6) % 7, moment.Date.Ticks / TimeSpan.TicksPerDay)),
        TimeUnit.Month => new DateTime(moment.Year, moment.Month, 1),
        TimeUnit.Quarter => new DateTime(moment.Year, ((moment.Month - 1) / 3 * 3) + 1, 1),
        _ => new DateTime(moment.Year, 1, 1),
    };
}
