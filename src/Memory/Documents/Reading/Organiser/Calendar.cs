using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading.Organiser;

/// <summary>Reads calendars (.ics, RFC 5545, and vCalendar 1.0).</summary>
internal static class Calendar
{
    private const int DeepestComponent = 100;

    /// <summary>The items in their order; repetitions are not spelled out.</summary>
    /// <exception cref="MemoryException">The file is binary, or has no item.</exception>
    public static ImmutableArray<CalendarItem> Read(string name, ReadOnlyMemory<byte> bytes)
    {
        var items = ImmutableArray.CreateBuilder<CalendarItem>();
        var open = new Stack<(string Component, List<ContentLine> Lines)>();
        foreach (var line in ContentLines.Read(name, bytes))
        {
            var component = line.RawValue.Trim().ToUpperInvariant();
            if (line.Name == "BEGIN" && open.Count < DeepestComponent)
            {
                open.Push((component, []));
            }
            else if (line.Name == "END" && open.Any(part => part.Component == component))
            {
                Close(open, component, items);
            }
            else if (open.TryPeek(out var current))
            {
                current.Lines.Add(line);
            }
        }

        Close(open, component: null, items);
        return items.Count > 0 ? items.ToImmutable() : throw Unreadable.Because(name, "it has no event, task or journal entry");
    }

    // Components that were not ended are ended with the one around them, or with the file.
    private static void Close(Stack<(string Component, List<ContentLine> Lines)> open, string? component, ImmutableArray<CalendarItem>.Builder items)
    {
        while (open.TryPop(out var closed))
        {
            if (KindOf(closed.Component) is { } kind && closed.Lines.Count > 0)
            {
                items.Add(Item(kind, closed.Lines));
            }

            if (closed.Component == component)
            {
                return;
            }
        }
    }

    private static CalendarItemKind? KindOf(string component) => component switch
    {
        "VEVENT" => CalendarItemKind.Event,
        "VTODO" => CalendarItemKind.Task,
        "VJOURNAL" => CalendarItemKind.Journal,
        _ => null,
    };

    private static CalendarItem Item(CalendarItemKind kind, List<ContentLine> lines)
    {
        ContentLine? Find(string property) => lines.Find(line => line.Name == property);
        string? Text(string property) => Find(property)?.Text.Trim() is { Length: > 0 } text ? text : null;

        var start = CalendarTime.Of(Find("DTSTART"));
        return new(kind, Text("UID") ?? "")
        {
            Summary = Text("SUMMARY"),
            Description = Text("DESCRIPTION"),
            Location = Text("LOCATION"),
            Start = start,
            End = CalendarTime.Of(Find("DTEND") ?? Find("DUE")) ?? start?.Plus(Find("DURATION")?.RawValue),
            Recurrence = Find("RRULE")?.RawValue.Trim(),
            Replaces = CalendarTime.Of(Find("RECURRENCE-ID")),
            Status = Text("STATUS")?.ToUpperInvariant(),
        };
    }
}
