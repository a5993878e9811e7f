using System.Globalization;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Writes moments for people, in local time.</summary>
internal static class MomentText
{
    /// <summary>The day and the minute: <c>today 14:05</c>, <c>yesterday 14:05</c>, <c>2026-11-03 14:05</c>.</summary>
    public static string Describe(this TimeProvider time, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);
        var day = (time.GetLocalNow().Date - local.Date).Days switch
        {
            0 => "today",
            1 => "yesterday",
            _ => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        return $"{day} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }
}
