namespace PersonalAi.Memory.Recall.Time;

/// <summary>Reads phrases of time in one language: single times, spans between two, and times before or after one.</summary>
internal sealed class PhraseGrammar
{
    private readonly TermCursor _cursor;
    private readonly NumberRules _numbers;
    private readonly RelativeRules _relative;
    private readonly Dictionary<int, (Moment? Moment, int End)> _read = [];
    private readonly Func<Moment?>[] _phrases;
    private readonly Func<Moment?>[] _moments;
    private readonly Func<Moment?>[] _operands;

    public PhraseGrammar(TermCursor cursor, LocalCalendar calendar)
    {
        _cursor = cursor;
        _numbers = new NumberRules(cursor);
        var dates = new DateRules(cursor, _numbers, calendar);
        _relative = new RelativeRules(cursor, _numbers, dates, calendar);
        _phrases = [NoTime, Span, BoundBefore, BoundAfter, () => _relative.Offset(Operand), Lone, Introduced];
        _moments =
        [
            dates.Numeric, dates.DayMonth, dates.MonthDay, dates.Month, dates.WhichMonth, dates.YearMonthDay, dates.InYear, dates.Quarter,
            dates.Half, _relative.Ago, _relative.FromNow, _relative.Rolling, _relative.WhichUnit, _relative.WeekdayOfWeek, _relative.Weekday,
            _relative.Weekend, _relative.Day, _relative.Clock,
        ];
        _operands = [ReadOnce, dates.BareYear];
    }

    /// <summary>The longest phrase that begins at a token, and where it ends; the same place where there is none.</summary>
    public (Moment? Moment, int End) Read(int start)
    {
        _cursor.Position = start;
        _read.Clear();
        return _cursor.CanBegin ? (_cursor.Longest(_phrases), _cursor.Position) : (null, start);
    }

    private Moment? NoTime() => _cursor.Has(Role.NoTime) ? default(Moment) : null;

    private Moment? Lone() => _cursor.Skip(Role.Article) && ReadOnce() is { IsWeak: false } moment ? moment : null;

    // "In may" is a time, "in the may" need not be.
    private Moment? Introduced() => _cursor.Has(Role.In)
        && !_cursor.Has(Role.Article) is var asksForTime
        && ReadOnce() is { } moment
        && (asksForTime || !moment.IsWeak)
            ? moment
            : null;

    // Several phrases begin with the same moment: it is read once.
    private Moment? ReadOnce()
    {
        var start = _cursor.Position;
        if (!_read.TryGetValue(start, out var read))
        {
            _read[start] = read = (ReadMoment(), _cursor.Position);
        }
        _cursor.Position = read.End;
        return read.Moment;
    }

    private Moment? ReadMoment()
    {
        if (_cursor.Longest(_moments) is not { } moment)
        {
            return null;
        }
        var day = moment.Range;
        return moment is { Unit: TimeUnit.Day, Range.IsEmpty: false } && _cursor.Try(() => _relative.Clock(day)) is { } hour ? hour : moment;
    }

    // Of either side of a span or a bound: the words around it ask for a time, so that "may" and "2024" are times there.
    private Moment? Operand()
    {
        _ = _cursor.Skip(Role.In, Role.Article);
        return _cursor.Longest(_operands);
    }

    private Moment? Span()
    {
        var end = _cursor.Has(Role.Between) ? Role.And : Role.To;
        var isOpened = end == Role.And || _cursor.Has(Role.From);
        return _cursor.Longest(() => Span(end, isOpened), () => DaySpan(end));
    }

    private Moment? Span(Role end, bool isOpened) =>
        Operand() is { } first && _cursor.Has(end) && Operand() is { } last && (isOpened || !(first.IsWeak && last.IsWeak))
            ? Join(first, last)
            : null;

    // "3 to 5 May 2024"
    private Moment? DaySpan(Role end)
    {
        _ = _cursor.Skip(Role.Article);
        return _numbers.DayOfMonth() is { } day && _cursor.Has(end) && Operand() is { Unit: TimeUnit.Day, Range: { IsEmpty: false } last }
            ? Moment.Of(
                LocalCalendar.Day(last.From.Year, last.From.Month, day) is { } first ? new TimeRange(first.From, last.To) : null,
                TimeUnit.Day)
            : null;
    }

    // A side that leaves its year or week open takes it from the other; where both do, the last is the most recent one.
    private static Moment Join(Moment first, Moment last)
    {
        var start = first.Repeats is { } ? Nearest(first, last.Range, -1) : first.Range;
        var end = last.Repeats is { } && first.Repeats is null ? Nearest(last, first.Range, 1) : last.Range;
        return new Moment(first.Range.IsEmpty || last.Range.IsEmpty ? default : new TimeRange(start.From, end.To), last.Unit);
    }

    private static TimeRange Nearest(Moment moment, TimeRange other, int direction)
    {
        var (range, isYear) = (moment.Range, moment.Repeats == TimeUnit.Year);
        var steps = isYear ? other.From.Year - range.From.Year : (int)Math.Floor((other.From - range.From).TotalDays / 7);
        var (unit, near) = (isYear ? TimeUnit.Year : TimeUnit.Week, LocalCalendar.Shift(range, steps, isYear ? TimeUnit.Year : TimeUnit.Week) ?? default);
        var isBeyond = direction < 0 ? near.From > other.From : near.From < other.From;
        return isBeyond ? LocalCalendar.Shift(near, direction, unit) ?? default : near;
    }

    private Moment? BoundBefore() => _cursor.Longest(
        () => _cursor.Has(Role.Since) ? _cursor.Longest(_relative.Lasting, () => Operand() is { } from ? Since(from) : null) : null,
        () => _cursor.Has(Role.Before) && Operand() is { } moment ? Before(moment) : null,
        () => _cursor.Has(Role.After) && Operand() is { } moment ? After(moment) : null,
        () => _cursor.Has(Role.Until) && Operand() is { } moment ? Until(moment) : null);

    private Moment? BoundAfter() => Operand() is not { } moment ? null
        : _cursor.Has(Role.BeforeMark) ? Before(moment)
        : _cursor.Has(Role.SinceMark) ? Since(moment)
        : _cursor.Has(Role.AfterMark) ? After(moment)
        : null;

    private static Moment Since(Moment moment) => Bound(moment, moment.Range.From, DateTime.MaxValue);

    private static Moment After(Moment moment) => Bound(moment, moment.Range.To, DateTime.MaxValue);

    private static Moment Before(Moment moment) => Bound(moment, DateTime.MinValue, moment.Range.From);

    private static Moment Until(Moment moment) => Bound(moment, DateTime.MinValue, moment.Range.To);

    private static Moment Bound(Moment moment, DateTime from, DateTime to) =>
        new(moment.Range.IsEmpty ? default : new TimeRange(from, to), moment.Unit);
}
