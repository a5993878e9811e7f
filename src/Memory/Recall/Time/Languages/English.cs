namespace PersonalAi.Memory.Recall.Time.Languages;

/// <summary>How English speaks of time.</summary>
internal static class English
{
    public static Vocabulary Words() => new Vocabulary()
        .AddCommon("the is are was what did do and of to with my we you it that")
        .AddInOrder(Role.Month, 1, "january|jan?", "february|feb?", "march?|mar?", "april|apr?", "may?", "june|jun?", "july|jul?", "august|aug?",
            "september|sep?|sept?", "october|oct?", "november|nov?", "december|dec?")
        .AddInOrder(Role.Weekday, 0, "monday|mon?", "tuesday|tue?|tues?", "wednesday|wed?", "thursday|thu?|thur?|thurs?", "friday|fri?", "saturday|sat?",
            "sunday|sun?")
        .AddInOrder(Role.Number, 0, "zero", "one|a|an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
        .Add(Role.Number, 20, "twenty").Add(Role.Number, 30, "thirty").Add(Role.Number, 40, "forty").Add(Role.Number, 50, "fifty")
        .Add(Role.Number, 60, "sixty").Add(Role.Number, 70, "seventy").Add(Role.Number, 80, "eighty").Add(Role.Number, 90, "ninety")
        .Add(Role.Number, 12, "a dozen|dozen").Add(Role.Number, 100, "a hundred|hundred|one hundred")
        .AddInOrder(Role.Ordinal, 1, "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
            "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")
        .Add(Role.Ordinal, 30, "thirtieth")
        .Add(Role.OrdinalMark, "st|nd|rd|th")
        .Add(Role.Couple, "couple|a couple|couple of|a couple of").Add(Role.Few, "few|a few|several|some")
        .Add(TimeUnit.Second, "second|seconds|sec|secs").Add(TimeUnit.Minute, "minute|minutes|min|mins").Add(TimeUnit.Hour, "hour|hours|hr|hrs|h")
        .Add(TimeUnit.Day, "day|days|d").Add(TimeUnit.Week, "week|weeks|wk|wks|w").Add(TimeUnit.Month, "month|months|mon|mons|mo|mos|mth|mths")
        .Add(TimeUnit.Quarter, "quarter|quarters").Add(TimeUnit.Year, "year|years|yr|yrs|y")
        .Add(Role.HalfYear, "half a year|a half year|half year")
        .Add(Role.Weekend, "weekend|week-end")
        .AddInOrder(Role.Quarter, 1, "q1|first quarter|1st quarter", "q2|second quarter|2nd quarter", "q3|third quarter|3rd quarter",
            "q4|fourth quarter|4th quarter|last quarter of")
        .AddInOrder(Role.Half, 1, "h1?|first half?|1st half?", "h2?|second half?|2nd half?")
        .AddInOrder(Role.DayOffset, -2, "day before yesterday|the day before yesterday", "yesterday", "today|now", "tomorrow",
            "day after tomorrow|the day after tomorrow")
        .Add(DayPart.Morning, "morning|in the morning").Add(DayPart.Afternoon, "afternoon|in the afternoon")
        .Add(DayPart.Evening, "evening|in the evening").Add(DayPart.Night, "night|at night")
        .Add(Role.TodayPart, (int)DayPart.Night, "tonight")
        .Add(Role.YesterdayPart, (int)DayPart.Night, "last night").Add(Role.YesterdayPart, (int)DayPart.Evening, "last evening")
        .Add(Role.Which, -1, "last|previous").Add(Role.Which, 0, "this|current").Add(Role.Which, 1, "next|coming|this coming")
        .Add(Role.WhichAfter, -2, "before last").Add(Role.WhichAfter, 2, "after next")
        .Add(Role.Past, "past|this past").Add(Role.Ago, "ago|back").Add(Role.FromNow, "from now|later|hence").Add(Role.FromNowBefore, "in")
        .Add(Role.Between, "between").Add(Role.And, "and").Add(Role.From, "from").Add(Role.To, "to|until|till|through|-")
        .Add(Role.Since, "since|ever since").Add(Role.Before, "before|prior to").Add(Role.After, "after|following").Add(Role.Until, "until|till|up to|by")
        .Add(Role.In, "in|on|at|during|from|for|of|by|over|around|within").Add(Role.Of, "of|in").Add(Role.Article, "the")
        .Add(Role.InYear, "in|in the year|the year|year").Add(Role.At, "at|around").Add(Role.AmPm, -1, "am|a.m.").Add(Role.AmPm, 1, "pm|p.m.")
        .Add(Role.Hour, 12, "noon|at noon").Add(Role.Hour, 0, "midnight|at midnight");
}
