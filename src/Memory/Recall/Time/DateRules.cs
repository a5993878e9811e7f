namespace PersonalAi.Memory.Recall.Time;

/// <summary>Reads dates: days, months, quarters, halves and years of the calendar, with the year or without.</summary>
internal sealed class DateRules(TermCursor cursor, NumberRules numbers, LocalCalendar calendar)
{
    /// <summary>2024-01-15, 2024/01/15, 2024-01, 15.01.2024, 15/01/2024, and as Americans write it, 01/15/2024.</summary>
    public Moment? Numeric() => cursor.Next.Text.Length switch
    {
        4 => YearFirst(),
        1 or 2 => YearLast(),
        _ => null,
    };

    /// <summary>3 March 2025, the third of March, 3. März, el 3 de marzo de 2025.</summary>
    public Moment? DayMonth()
    {
        if (numbers.DayOfMonth() is not { } day)
        {
            return null;
        }
        _ = cursor.Skip(Role.Of, Role.Article);
        return cursor.Take(Role.Month) is { } month ? DayIn(month.Value, day) : null;
    }

    /// <summary>March 3rd, March the third, Jan 5, 2021.</summary>
    public Moment? MonthDay()
    {
        if (cursor.Take(Role.Month) is not { } month)
        {
            return null;
        }
        _ = cursor.Skip(Role.Article);
        return numbers.OrdinalDay() is { } day && !(cursor.Next is { IsGlued: true, Text: ":" }) ? DayIn(month.Value, day) : null;
    }

    /// <summary>March, March 2025, March of last year.</summary>
    public Moment? Month()
    {
        if (cursor.Take(Role.Month) is not { } month)
        {
            return null;
        }
        return YearAfter() is { } year
            ? Moment.Of(LocalCalendar.Month(year, month.Value), TimeUnit.Month)
            : Moment.Of(calendar.RecentMonth(month.Value), TimeUnit.Month) with { Repeats = TimeUnit.Year, IsWeak = month.IsWeak };
    }

    /// <summary>Last March, mars dernier. "This may" stays doubtful.</summary>
    public Moment? WhichMonth() => WhichOf(Role.Month) is var (which, month)
        ? Moment.Of(calendar.WhichMonth(which, month.Value), TimeUnit.Month) with { IsWeak = which == 0 && month.IsWeak }
        : null;

    /// <summary>2024年3月3日, 3月3日, 三月, 去年三月, 2024年, 2024 год.</summary>
    public Moment? YearMonthDay()
    {
        var year = YearBefore();
        if (cursor.Try(() => numbers.Count() is { } number && cursor.Has(Role.MonthMark) ? number : (int?)null) is not { } month)
        {
            return year is null ? null : Moment.Of(LocalCalendar.Year(year.Value), TimeUnit.Year);
        }
        if (cursor.Try(() => numbers.Count() is { } number && cursor.Has(Role.DayMark) ? number : (int?)null) is { } day)
        {
            return Day(year, month, day);
        }
        return year is null && month is >= 1 and <= 12
            ? Moment.Of(calendar.RecentMonth(month), TimeUnit.Month) with { Repeats = TimeUnit.Year }
            : Moment.Of(LocalCalendar.Month(year ?? 0, month), TimeUnit.Month);
    }

    /// <summary>In 2024, the year 2024.</summary>
    public Moment? InYear() => cursor.Has(Role.InYear) ? BareYear() : null;

    /// <summary>A year in this or the last century, where the words before it ask for a time.</summary>
    public Moment? BareYear() => numbers.Year() is >= 1900 and < 2100 and var year ? Moment.Of(LocalCalendar.Year(year), TimeUnit.Year) : null;

    /// <summary>Q2, the second quarter of 2024, 2024年第二季度.</summary>
    public Moment? Quarter() => PartOfYear(Role.Quarter, LocalCalendar.Quarter);

    /// <summary>H1 2024, the first half of last year, 上半年.</summary>
    public Moment? Half() => PartOfYear(Role.Half, LocalCalendar.Half);

    /// <summary>A noun with last, this or next before or after it.</summary>
    public (int Which, Term Noun)? WhichOf(Role role) =>
        cursor.Try(() => cursor.Take(Role.Which) is { } which && cursor.Take(role) is { } noun ? (which.Value, noun) : ((int, Term)?)null)
        ?? cursor.Try(() => cursor.Take(role) is { } noun && cursor.Take(Role.WhichAfter) is { } which ? (which.Value, noun) : ((int, Term)?)null);

    private Moment? PartOfYear(Role role, Func<int, int, TimeRange?> range)
    {
        var before = YearBefore() ?? cursor.Try(numbers.Year);
        if (cursor.Take(role) is not { } part)
        {
            return null;
        }
        var year = before ?? YearAfter();
        return Moment.Of(range(year ?? calendar.YearFromNow(0), part.Value), TimeUnit.Quarter) with { IsWeak = part.IsWeak && year is null };
    }

    private Moment? YearFirst()
    {
        var (mark, month) = (cursor.Peek(1), cursor.Peek(2));
        if (mark is not { IsGlued: true, Text: "-" or "/" or "." } || month is not { IsGlued: true, Number: >= 0, Text.Length: 1 or 2 })
        {
            return null;
        }
        var (year, day) = (cursor.Next.Number, cursor.Peek(4));
        if (cursor.Peek(3) is { IsGlued: true } second && second.Text == mark.Text && day is { IsGlued: true, Number: >= 0, Text.Length: 1 or 2 })
        {
            cursor.Position += 5;
            return Moment.Of(LocalCalendar.Day(year, month.Number, day.Number), TimeUnit.Day);
        }
        if (mark.Text != "-" || month.Text.Length != 2 || LocalCalendar.Month(year, month.Number) is not { } range)
        {
            return null;
        }
        cursor.Position += 3;
        return new Moment(range, TimeUnit.Month);
    }

    private Moment? YearLast()
    {
        var (first, mark, second, year) = (cursor.Next.Number, cursor.Peek(1), cursor.Peek(2), cursor.Peek(4));
        if (first < 0 || mark is not { IsGlued: true, Text: "-" or "/" or "." }
            || second is not { IsGlued: true, Number: >= 0, Text.Length: 1 or 2 }
            || !(cursor.Peek(3) is { IsGlued: true } again && again.Text == mark.Text)
            || year is not { IsGlued: true, Number: >= 0, Text.Length: 4 })
        {
            return null;
        }
        cursor.Position += 5;
        var (day, month) = mark.Text == "/" && first <= 12 ? (second.Number, first) : (first, second.Number);
        return Moment.Of(LocalCalendar.Day(year.Number, month, day), TimeUnit.Day);
    }

    private Moment DayIn(int month, int day) => Day(YearAfter(), month, day);

    private Moment Day(int? year, int month, int day) => year is null
        ? Moment.Of(calendar.RecentDay(month, day), TimeUnit.Day) with { Repeats = TimeUnit.Year }
        : Moment.Of(LocalCalendar.Day(year.Value, month, day), TimeUnit.Day);

    private int? YearBefore() => cursor.Take(Role.YearOffset) is { } offset
        ? calendar.YearFromNow(offset.Value)
        : cursor.Try(() => (numbers.Year() ?? numbers.Numeral()) is > 31 and var year && cursor.Has(Role.YearMark) ? year : (int?)null);

    private int? YearAfter() => cursor.Try(() =>
    {
        _ = cursor.Has(",");
        _ = cursor.Skip(Role.Of, Role.Article);
        return NumberedYear() ?? WhichYear();
    });

    private int? NumberedYear()
    {
        var year = numbers.Year();
        _ = year is not null && cursor.Has(Role.YearMark);
        return year;
    }

    private int? WhichYear() => WhichOf(Role.Unit) is var (which, unit) && unit.Value == (int)TimeUnit.Year ? calendar.YearFromNow(which) : null;
}
