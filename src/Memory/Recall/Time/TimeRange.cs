namespace PersonalAi.Memory.Recall.Time;

/// <summary>A stretch of local time, as clocks and calendars on the wall show it.</summary>
/// <param name="From">Its first moment; <see cref="DateTime.MinValue"/> where the beginning is open.</param>
/// <param name="To">The first moment after it; <see cref="DateTime.MaxValue"/> where the end is open.</param>
public readonly record struct TimeRange(DateTime From, DateTime To)
{
    /// <summary>Whether the range has no moment in it.</summary>
    public bool IsEmpty => To <= From;

    /// <summary>The range as moments, for a place whose clocks run in a time zone; open ends stay open.</summary>
    public (DateTimeOffset From, DateTimeOffset To) In(TimeZoneInfo zone) => (MomentIn(zone, From), MomentIn(zone, To));

    // Near the ends of the calendar the moment in UTC may lie outside it.
    private static DateTimeOffset MomentIn(TimeZoneInfo zone, DateTime local)
    {
        var offset = zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
        return (local.Ticks - offset.Ticks) switch
        {
            _ when local == DateTime.MinValue || local.Ticks < offset.Ticks => DateTimeOffset.MinValue,
            var utc when local == DateTime.MaxValue || utc > DateTime.MaxValue.Ticks => DateTimeOffset.MaxValue,
            _ => new DateTimeOffset(local.Ticks, offset),
        };
    }
}
