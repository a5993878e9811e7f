using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PersonalAi.Memory.Documents.Reading.Organiser;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Memory.Exchange.Organiser;

/// <summary>Says what stands in a calendar in sentences; what repeats is one sentence.</summary>
/// <param name="local">The time zone of entries that name none.</param>
internal sealed class CalendarFacts(TimeZoneInfo local)
{
    /// <summary>The fact of an entry; null where it has no words, or was cancelled.</summary>
    public ImportedFact? Of(CalendarItem item)
    {
        if (item.Status == "CANCELLED" || (item.Summary ?? item.Description) is not { } words || Words.Short(words, 300) is not { Length: > 0 } title)
        {
            return null;
        }

        var imported = ImportedFact.Of(Sentence(item, title), item.Kind == CalendarItemKind.Task ? FactKind.Task : FactKind.Event, Reference(item, title));
        return imported with { Fact = imported.Fact with { Valid = ValidityOf(item) } };
    }

    private static string Sentence(CalendarItem item, string title)
    {
        var place = item.Location is { } location ? $" at {Words.Short(location, 200)}" : "";
        var more = item.Summary is not null && item.Description is { } description ? $" {Words.Short(description, 400)}" : "";
        var repeats = item.Recurrence is { } rule ? $", {RecurrenceText.Of(rule)}" : "";
        return item.Kind switch
        {
            CalendarItemKind.Task when item.Status == "COMPLETED" => $"The user has done '{title}'{place}.{more}",
            CalendarItemKind.Task => $"The user has to do '{title}'{place}{(item.End is { } due ? $" by {Moment(due)}" : "")}{repeats}.{more}",
            CalendarItemKind.Journal => $"The user noted '{title}'{(item.Start is { } day ? $" on {Moment(day)}" : "")}.{more}",
            _ => $"The user's calendar has '{title}'{place}{When(item)}{repeats}.{more}",
        };
    }

    private static string When(CalendarItem item)
    {
        if (item.Start is not { } start)
        {
            return "";
        }

        // The end of an all-day event is the day after its last.
        var last = item.End is { } end ? start.IsAllDay && end.Local > start.Local ? end with { Local = end.Local.AddDays(-1) } : end : start;
        var zone = start.TimeZone is { } name && !start.IsAllDay ? $" ({Words.Short(name, 60)})" : "";
        return last.Local <= start.Local ? $" on {Moment(start)}{zone}"
            : last.Local.Date == start.Local.Date ? $" on {Moment(start)} to {last.Local.ToString("HH:mm", CultureInfo.InvariantCulture)}{zone}"
            : $" from {Moment(start)} to {Moment(last)}{zone}";
    }

    private static string Moment(CalendarTime time) => time.Local.ToString(time.IsAllDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Reference(CalendarItem item, string title)
    {
        var occurrence = item.Replaces is { } replaced ? $"#{replaced.Local.ToString("s", CultureInfo.InvariantCulture)}" : "";
        var name = item.Uid.Length > 0
            ? item.Uid
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Kind} {title} {item.Start?.Local:s}")));
        return Words.Short($"ics:{name}", 500) + occurrence;
    }

    private Validity ValidityOf(CalendarItem item)
    {
        var from = item.Kind == CalendarItemKind.Task ? null : Moment(item.Start, item.Start);
        var to = item.Recurrence is null
            ? Moment(item.End, item.Start)
            : RecurrenceText.Until(item.Recurrence) is { Year: < 9000 } until ? At(until.ToDateTime(TimeOnly.MinValue).AddDays(1), local) : null;
        return new(from, to > (from ?? DateTimeOffset.MinValue) && item.Kind != CalendarItemKind.Task ? to : null);
    }

    // A zone that the system does not know is that of the reader.
    private DateTimeOffset? Moment(CalendarTime? time, CalendarTime? start) => time is null || time.Local.Year is < 2 or > 9000 ? null
        : (time with { TimeZone = time.TimeZone ?? start?.TimeZone }).Moment ?? At(time.Local, local);

    private static DateTimeOffset At(DateTime wall, TimeZoneInfo zone) => new(wall, zone.GetUtcOffset(wall));
}
