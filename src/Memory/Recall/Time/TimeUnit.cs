namespace PersonalAi.Memory.Recall.Time;

/// <summary>The units in which people speak of time, from short to long.</summary>
public enum TimeUnit
{
    /// <summary>A second.</summary>
    Second,

    /// <summary>A minute.</summary>
    Minute,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day from midnight to midnight.</summary>
    Day,

    /// <summary>A week from Monday to Sunday.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,

    /// <summary>Three months, beginning with January, April, July or October.</summary>
    Quarter,

    /// <summary>A year of the calendar.</summary>
    Year,
}
