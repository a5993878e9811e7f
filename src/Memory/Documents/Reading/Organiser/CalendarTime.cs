using System.Globalization;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Documents.Reading.Organiser;

/// <summary>A date or a date with time in a calendar (RFC 5545, section 3.3.4 and 3.3.5).</summary>
/// <param name="Local">What the clock on the wall says there.</param>
/// <param name="IsAllDay">Whether it is a date without a time.</param>
/// <param name="TimeZone">'UTC', the name that the calendar gives, or null for wherever its reader is.</param>
internal sealed partial record CalendarTime(DateTime Local, bool IsAllDay, string? TimeZone)
{
    /// <summary>The moment, where the zone is known to the system: IANA and Windows names are.</summary>
    public DateTimeOffset? Moment =>
        TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone.TrimStart('/'), out var zone) ? new(Local, zone.GetUtcOffset(Local)) : null;

    /// <summary>Reads a property such as DTSTART; null for what is no date.</summary>
    public static CalendarTime? Of(ContentLine? line)
    {
        var value = line?.RawValue.Trim() ?? "";
        var isUtc = value.EndsWith('Z');
        var isAllDay = !value.Contains('T', StringComparison.Ordinal);
        return DateTime.TryParseExact(
            value.TrimEnd('Z').Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal),
            isAllDay ? ["yyyyMMdd"] : ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local)
            ? new(local, isAllDay, isUtc ? "UTC" : line?["TZID"])
            : null;
    }

    /// <summary>This time and a duration such as 'P1DT2H' (RFC 5545, section 3.3.6); null for what is no duration.</summary>
    public CalendarTime? Plus(string? duration)
    {
        var match = Duration().Match(duration?.Trim().ToUpperInvariant() ?? "");
        if (!match.Success)
        {
            return null;
        }

        var seconds = (Number(match, "w") * 604_800L) + (Number(match, "d") * 86_400L) + (Number(match, "h") * 3600L) + (Number(match, "m") * 60L) + Number(match, "s");
        var ticks = (match.Value[0] == '-' ? -seconds : seconds) * TimeSpan.TicksPerSecond;
        return Local.Ticks + ticks is var end && end >= DateTime.MinValue.Ticks && end <= DateTime.MaxValue.Ticks
            ? this with { Local = new(end), IsAllDay = IsAllDay && seconds % 86_400 == 0 }
            : null;
    }

    private static long Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? long.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^[+-]?P(?:(?<w>[0-9]{1,5})W)?(?:(?<d>[0-9]{1,6})D)?(?:T(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,8})S)?)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
