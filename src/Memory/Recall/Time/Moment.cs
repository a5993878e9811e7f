namespace PersonalAi.Memory.Recall.Time;

/// <summary>What a rule of the grammar has read.</summary>
/// <param name="Range">The time meant; empty where the phrase names a date that no calendar has.</param>
/// <param name="Unit">The unit the phrase speaks in.</param>
internal readonly record struct Moment(TimeRange Range, TimeUnit Unit)
{
    /// <summary>After how long the same words fit again, where they leave that open: a year for "in May", a week for "on Monday".</summary>
    public TimeUnit? Repeats { get; init; }

    /// <summary>Whether the words mean a time only after a preposition: "may", "sat".</summary>
    public bool IsWeak { get; init; }

    /// <summary>A moment that may lie outside the calendar.</summary>
    public static Moment Of(TimeRange? range, TimeUnit unit) => new(range ?? default, unit);
}
