namespace PersonalAi.Memory.Recall.Time;

/// <summary>Reads times that count from now: "three days ago", "last week", "on Tuesday", "this morning".</summary>
internal sealed class RelativeRules(TermCursor cursor, NumberRules numbers, DateRules dates, LocalCalendar calendar)
{
    private readonly record struct Stretch(int Least, int Most, TimeUnit Unit);

    /// <summary>Three days ago, vor 3 Tagen, a couple of weeks ago.</summary>
    public Moment? Ago() => (cursor.Has(Role.AgoBefore) ? Duration() : Followed(Role.Ago)) is { } stretch ? Away(stretch, -1) : null;

    /// <summary>In 3 days, 3 days from now.</summary>
    public Moment? FromNow() =>
        // "In a second" and "in a minute" are no times.
        (cursor.Has(Role.FromNowBefore) ? Duration() : Followed(Role.FromNow)) is { Unit: >= TimeUnit.Hour } stretch ? Away(stretch, 1) : null;

    /// <summary>The last three days, the past week, les 3 derniers jours, the next two weeks.</summary>
    public Moment? Rolling() => cursor.Longest(
        () => cursor.Take(Role.Which) is { Value: not 0 } which && Several() is { } stretch ? Around(stretch, which.Value) : null,
        () => cursor.Has(Role.Past) && (Several() ?? Single()) is { } stretch ? Around(stretch, -1) : null,
        () => numbers.Count() is { } count && (cursor.Take(Role.Which)?.Value ?? Past()) is { } which and not 0 && Unit() is { } unit
            ? Around(new Stretch(count, count, unit), which)
            : null,
        () => Several() is { } stretch && cursor.Take(Role.WhichAfter) is { Value: not 0 } which ? Around(stretch, which.Value) : null);

    /// <summary>For three days, said with a word such as "since": seit drei Tagen.</summary>
    public Moment? Lasting() => Duration() is { } stretch ? Around(stretch, -1) : null;

    /// <summary>Last week, this month, el año pasado, the last hour.</summary>
    public Moment? WhichUnit() => (dates.WhichOf(Role.Unit) ?? dates.WhichOf(Role.MonthMark)) is var (which, noun)
        ? (noun.Role == Role.MonthMark ? TimeUnit.Month : (TimeUnit)noun.Value) switch
        {
            // "The last minute" and "the next day" mean something else.
            < TimeUnit.Hour or TimeUnit.Day => null,
            TimeUnit.Hour => which == 0 ? null : Moment.Of(calendar.Around(which, TimeUnit.Hour), TimeUnit.Hour),
            var unit => Moment.Of(calendar.Current(unit, which), unit),
        }
        : null;

    /// <summary>Yesterday, yesterday evening, this morning, last night.</summary>
    public Moment? Day() => cursor.Longest(
        () => cursor.Take(Role.DayOffset) is { } day ? PartOf(calendar.Day(day.Value)) : null,
        () => cursor.Take(Role.Which) is { Value: 0 } && cursor.Take(Role.DayPart) is { } part ? PartOf(calendar.Day(0), part) : null,
        () => cursor.Take(Role.TodayPart) is { } part ? PartOf(calendar.Day(0), part) : null,
        () => cursor.Take(Role.YesterdayPart) is { } part ? PartOf(calendar.Day(-1), part) : null);

    /// <summary>Tuesday, last Tuesday, le mardi prochain, Tuesday morning.</summary>
    public Moment? Weekday()
    {
        if (dates.WhichOf(Role.Weekday) is var (which, named))
        {
            return PartOf(calendar.WhichWeekday(which, named.Value)) with { IsWeak = which == 0 && named.IsWeak };
        }
        return cursor.Take(Role.Weekday) is { } day
            ? PartOf(calendar.WhichWeekday(-1, day.Value)) with { Repeats = TimeUnit.Week, IsWeak = day.IsWeak }
            : null;
    }

    /// <summary>Tuesday of last week, letzte Woche Dienstag, 上周二.</summary>
    public Moment? WeekdayOfWeek() => cursor.Longest(
        () => Week() is { } week && (cursor.Take(Role.WeekdayMark) ?? (cursor.Skip(Role.In, Role.Article) ? cursor.Take(Role.Weekday) : null)) is { } day ? InWeek(week, day) : null,
        () => cursor.Take(Role.Weekday) is { } day && cursor.Skip(Role.Of, Role.In, Role.Article) && Week() is { } week
            ? InWeek(week, day)
            : null);

    /// <summary>The weekend, last weekend, le week-end prochain.</summary>
    public Moment? Weekend() => dates.WhichOf(Role.Weekend) is var (which, _) ? Moment.Of(calendar.Weekend(which), TimeUnit.Week)
        : cursor.Has(Role.Weekend) ? Moment.Of(calendar.RecentWeekend(), TimeUnit.Week) with { Repeats = TimeUnit.Week }
        : null;

    /// <summary>At 3pm, at noon, at 15:30.</summary>
    public Moment? Clock() => Clock(calendar.Day(0) ?? default);

    /// <summary>An hour of a day.</summary>
    public Moment? Clock(TimeRange day)
    {
        var hour = cursor.Take(Role.Hour)?.Value ?? (cursor.Has(Role.At) ? Hour() : null);
        return hour is { } from
            ? new Moment(LocalCalendar.Hours(day, from, from + 1), TimeUnit.Hour)
            : null;
    }

    /// <summary>Two days before or after some day: "two weeks before 3 March".</summary>
    public Moment? Offset(Func<Moment?> anchor) => Duration() is { } stretch
        && (cursor.Has(Role.Before) ? -1 : cursor.Has(Role.After) ? 1 : (int?)null) is { } direction
        && anchor() is { } moment
            ? Moment.Of(LocalCalendar.Shift(moment.Range, (long)direction * stretch.Most, stretch.Unit), stretch.Unit)
            : null;

    private Stretch? Duration() => cursor.Try(() => Several() ?? Single());

    private Stretch? Several() => cursor.Try(() =>
        (cursor.Has(Role.HalfYear) ? new Stretch(6, 6, TimeUnit.Month) : (Stretch?)null)
        ?? (Amount() is var (least, most) && Unit() is { } unit ? new Stretch(least, most, unit) : null));

    private Stretch? Single() => (cursor.Take(Role.OneUnit)?.Value ?? cursor.Take(Role.Unit)?.Value) is { } unit ? new Stretch(1, 1, (TimeUnit)unit) : null;

    private Stretch? Followed(Role role) =>
        (Several() ?? (cursor.Take(Role.OneUnit) is { } one ? new Stretch(1, 1, (TimeUnit)one.Value) : null)) is { } stretch && cursor.Has(role) ? stretch : null;

    private (int Least, int Most)? Amount() => cursor.Has(Role.Couple) ? (1, 3)
        : cursor.Has(Role.Few) ? (2, 5)
        : numbers.Count() is { } count ? (count, count)
        : null;

    private TimeUnit? Unit() => (TimeUnit?)cursor.Take(Role.Unit)?.Value;

    private int? Past() => cursor.Has(Role.Past) ? -1 : null;

    private Moment Away(Stretch stretch, int direction) => Moment.Of(
        stretch.Least == stretch.Most ? calendar.Away((long)direction * stretch.Most, stretch.Unit)
        : direction < 0 ? calendar.Away(-stretch.Most, -stretch.Least, stretch.Unit)
        : calendar.Away(stretch.Least, stretch.Most, stretch.Unit),
        stretch.Unit);

    private Moment Around(Stretch stretch, int direction) =>
        Moment.Of(calendar.Around((long)direction * stretch.Most, stretch.Unit), stretch.Unit);

    private Moment PartOf(TimeRange? day) => PartOf(day, cursor.Take(Role.DayPart));

    private static Moment PartOf(TimeRange? day, Term? part) =>
        Moment.Of(day is { } range && part is not null ? LocalCalendar.PartOf(range, (DayPart)part.Value) : day, TimeUnit.Day);

    private int? Week() => dates.WhichOf(Role.Unit) is var (which, unit) && unit.Value == (int)TimeUnit.Week ? which : null;

    private Moment InWeek(int week, Term day) => Moment.Of(calendar.DayOfWeek(week, day.Value), TimeUnit.Day);

    // Digits alone are no time of day: "at 3 places".
    private int? Hour()
    {
        if (cursor.Digits() is not { } hour || hour > 23)
        {
            return null;
        }
        var minutes = cursor.Try(() => cursor.Has(":") ? cursor.Digits() : null);
        return cursor.Take(Role.AmPm)?.Value switch
        {
            -1 => hour % 12,
            1 => (hour % 12) + 12,
            0 => hour,
            _ => minutes is null ? null : hour,
        };
    }
}
