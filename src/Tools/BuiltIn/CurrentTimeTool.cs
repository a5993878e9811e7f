using System.ComponentModel;
using NodaTime;
using NodaTime.TimeZones;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Tells the date and the time.</summary>
internal static class CurrentTimeTool
{
    private static readonly IDateTimeZoneProvider Zones = DateTimeZoneProviders.Tzdb;

    /// <summary>The tool.</summary>
    /// <param name="time">Tells the time, and in which zone the user's clocks run.</param>
    public static Tool Create(TimeProvider time)
    {
        return new Tool(ToolFunction.Create("current_time", "Tells today's date, weekday and the time.", Now), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["what time is it", "what day is it today", "what is the date", "which year is it now", "how late is it in Tokyo"],
        };

        string Now([Description("time zone or city, like Asia/Tokyo; leave out for the user's own")] string? zone = null)
        {
            var there = zone is null or "" ? BclDateTimeZone.FromTimeZoneInfo(time.LocalTimeZone) : Find(zone);
            var now = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(there);
            return $"{DateText.Of(now.Date)}, {now.TimeOfDay:HH':'mm}, time zone {there.Id} (UTC{now.Offset})";
        }
    }

    // Small models name the city: where only one zone is called so, that is the one.
    private static DateTimeZone Find(string zone)
    {
        var name = zone.Trim().Replace(' ', '_');
        var ids = Zones.Ids.Where(id => id.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (ids.Count == 0)
        {
            ids = [.. Zones.Ids.Where(id => id.Contains('/', StringComparison.Ordinal) && id.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase))];
        }

        return ids.Count == 1
            ? Zones[ids[0]]
            : throw new ToolException($"There is no time zone '{zone}': name one like 'Europe/Berlin', by the largest city of that zone, or leave it out for the user's own.");
    }
}
