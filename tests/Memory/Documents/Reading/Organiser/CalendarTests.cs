using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading.Organiser;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading.Organiser;

public sealed class CalendarTests
{
    private const string Week = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:1@example.org
        SUMMARY:Dinner\, with Ada
        DESCRIPTION:Bring wine\nand br
         ead
        LOCATION;ALTREP="cid:a;b:c":Rome
        DTSTART;TZID=Europe/Rome:20240705T190000
        DURATION:PT1H30M
        RRULE:FREQ=WEEKLY;BYDAY=FR
        BEGIN:VALARM
        DESCRIPTION:not this
        END:VALARM
        END:VEVENT
        BEGIN:VTODO
        SUMMARY:Taxes
        DUE;VALUE=DATE:20240430
        STATUS:needs-action
        END:VTODO
        BEGIN:VEVENT
        DTSTART:20240101T000000Z
        DTEND:nonsense
        SUMMARY:never ended
        END:VCALENDAR
        """;

    [Fact]
    public void Events_and_tasks_are_read()
    {
        var items = Calendar.Read("week.ics", Encoding.UTF8.GetBytes(Week.ReplaceLineEndings("\r\n")));

        var start = new CalendarTime(new(2024, 7, 5, 19, 0, 0), IsAllDay: false, "Europe/Rome");
        Assert.Equal(
            [
                new(CalendarItemKind.Event, "1@example.org")
                {
                    Summary = "Dinner, with Ada",
                    Description = "Bring wine\nand bread",
                    Location = "Rome",
                    Start = start,
                    End = start with { Local = new(2024, 7, 5, 20, 30, 0) },
                    Recurrence = "FREQ=WEEKLY;BYDAY=FR",
                },
                new(CalendarItemKind.Task, "") { Summary = "Taxes", End = new(new(2024, 4, 30), IsAllDay: true, TimeZone: null), Status = "NEEDS-ACTION" },
                new(CalendarItemKind.Event, "") { Summary = "never ended", Start = new(new(2024, 1, 1), IsAllDay: false, "UTC") },
            ],
            items);
        Assert.Equal(new DateTimeOffset(2024, 7, 5, 19, 0, 0, TimeSpan.FromHours(2)), start.Moment);
    }

    [Fact]
    public void A_fold_within_a_character_is_undone()
    {
        byte[] bytes = [.. "BEGIN:VEVENT\r\nSUMMARY:caf"u8, 0xC3, .. "\r\n "u8, 0xA9, .. "\r\nEND:VEVENT"u8];

        Assert.Equal("café", Assert.Single(Calendar.Read("a.ics", bytes)).Summary);
    }

    [Fact]
    public void What_has_no_item_is_refused()
    {
        var error = Assert.Throws<MemoryException>(() => Calendar.Read("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR"u8.ToArray()));

        Assert.Equal((MemoryError.Invalid, "Could not read 'a.ics': it has no event, task or journal entry."), (error.Error, error.Message));
    }

    [Fact]
    public void Components_that_are_nested_without_end_are_read() =>
        Assert.Equal("x", Assert.Single(Calendar.Read("a.ics", Encoding.ASCII.GetBytes($"BEGIN:VEVENT\nSUMMARY:x\n{string.Concat(Enumerable.Repeat("BEGIN:X\n", 100_000))}"))).Summary);

    [Theory]
    [InlineData("P1D", "2024-01-02T00:00:00")]
    [InlineData("P2W", "2024-01-15T00:00:00")]
    [InlineData("-PT15M", "2023-12-31T23:45:00")]
    [InlineData("P999999D", "4761-11-27T00:00:00")]
    [InlineData("P99999W", "3940-07-08T00:00:00")]
    [InlineData("tomorrow", null)]
    public void Durations_are_added(string duration, string? end) =>
        Assert.Equal(end, new CalendarTime(new(2024, 1, 1), IsAllDay: false, null).Plus(duration)?.Local.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
}
