namespace PersonalAi.Memory.Recall.Time;

/// <summary>What a word does in a phrase of time; a value goes with most.</summary>
internal enum Role
{
    /// <summary>A number as a word.</summary>
    Number,

    /// <summary>A digit as a Chinese character.</summary>
    Digit,

    /// <summary>Ten, a hundred, ... after Chinese digits.</summary>
    Multiplier,

    /// <summary>The number of a day as a word: "first".</summary>
    Ordinal,

    /// <summary>What follows digits to make them the number of a day: "3rd".</summary>
    OrdinalMark,

    /// <summary>One to three of something.</summary>
    Couple,

    /// <summary>Two to five of something.</summary>
    Few,

    /// <summary>A <see cref="TimeUnit"/>.</summary>
    Unit,

    /// <summary>One <see cref="TimeUnit"/> in a single word: Russian "неделю назад".</summary>
    OneUnit,

    /// <summary>Half a year.</summary>
    HalfYear,

    /// <summary>A month, from 1.</summary>
    Month,

    /// <summary>A day of the week, from Monday, 0.</summary>
    Weekday,

    /// <summary>A day of the week after the word for week: Chinese 上周一.</summary>
    WeekdayMark,

    /// <summary>Saturday and Sunday.</summary>
    Weekend,

    /// <summary>A quarter, from 1.</summary>
    Quarter,

    /// <summary>A half of a year, 1 or 2.</summary>
    Half,

    /// <summary>Days from today.</summary>
    DayOffset,

    /// <summary>Years from this one, in a single word: Chinese 去年.</summary>
    YearOffset,

    /// <summary>A <see cref="Time.DayPart"/>.</summary>
    DayPart,

    /// <summary>A <see cref="Time.DayPart"/> of today, in a single word.</summary>
    TodayPart,

    /// <summary>A <see cref="Time.DayPart"/> of yesterday, in a single word.</summary>
    YesterdayPart,

    /// <summary>Last (-1), this (0), next (1), before its noun.</summary>
    Which,

    /// <summary>The same, after its noun.</summary>
    WhichAfter,

    /// <summary>The stretch up to now: "the past week".</summary>
    Past,

    /// <summary>"ago", after the stretch.</summary>
    Ago,

    /// <summary>The same, before it.</summary>
    AgoBefore,

    /// <summary>"from now", after the stretch.</summary>
    FromNow,

    /// <summary>The same, before it: "in 3 days".</summary>
    FromNowBefore,

    /// <summary>"between".</summary>
    Between,

    /// <summary>"and".</summary>
    And,

    /// <summary>"from".</summary>
    From,

    /// <summary>"to".</summary>
    To,

    /// <summary>From there on, up to now or beyond.</summary>
    Since,

    /// <summary>Up to its beginning.</summary>
    Before,

    /// <summary>From its end on.</summary>
    After,

    /// <summary>Up to its end.</summary>
    Until,

    /// <summary>As <see cref="Before"/>, after the time: Chinese 六月之前.</summary>
    BeforeMark,

    /// <summary>As <see cref="Since"/>, after the time.</summary>
    SinceMark,

    /// <summary>As <see cref="After"/>, after the time.</summary>
    AfterMark,

    /// <summary>A preposition that says that a time follows.</summary>
    In,

    /// <summary>"of" between the parts of a date.</summary>
    Of,

    /// <summary>"the".</summary>
    Article,

    /// <summary>A year follows: "in 2024", "the year 2024".</summary>
    InYear,

    /// <summary>The digits before it were a year.</summary>
    YearMark,

    /// <summary>The number before it was a month.</summary>
    MonthMark,

    /// <summary>The number before it was a day of the month.</summary>
    DayMark,

    /// <summary>A time of day follows.</summary>
    At,

    /// <summary>Hours to add: am and pm.</summary>
    AmPm,

    /// <summary>An hour of the day by name.</summary>
    Hour,

    /// <summary>Looks like a time but is none: "good morning" in German.</summary>
    NoTime,
}
