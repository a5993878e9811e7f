using NodaTime;
using NodaTime.TimeZones;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Tells the date and the time where the user is.</summary>
// Without a parameter: a small model fills every parameter that it is shown.
internal static class CurrentTimeTool
{
    /// <summary>The tool.</summary>
    /// <param name="time">Tells the time, and in which zone the user's clocks run.</param>
    public static Tool Create(TimeProvider time) => new(
        ToolFunction.Create(
            "current_time",
            "Tells today's date, weekday and the time.",
            () => DateText.Of(Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BclDateTimeZone.FromTimeZoneInfo(time.LocalTimeZone)))),
        ToolRisk.ReadsLocal,
        ToolTrust.Own)
    {
        Examples = ["what time is it", "what day is it today", "what is the date", "which year is it now"],
    };
}
