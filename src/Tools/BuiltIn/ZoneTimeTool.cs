using System.ComponentModel;
using NodaTime;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Tells the date and the time somewhere else.</summary>
internal static class ZoneTimeTool
{
    private static readonly IDateTimeZoneProvider Zones = DateTimeZoneProviders.Tzdb;

    /// <summary>The tool.</summary>
    /// <param name="time">Tells the time.</param>
    public static Tool Create(TimeProvider time)
    {
        return new Tool(ToolFunction.Create("time_in", "Tells the time in another city or time zone.", Now), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["how late is it in Tokyo", "what time is it in New York"],
        };

        string Now([Description("like Tokyo or Asia/Tokyo")] string zone) => DateText.Of(Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(Find(zone)));
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
            : throw new ToolException($"There is no time zone '{zone}': name one like 'Europe/Berlin', by the largest city of that zone.");
    }
}
