namespace PersonalAi.Memory.Documents.Reading.Organiser;

/// <summary>An event, a task or a journal entry of a calendar.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Uid">The id that it keeps in every copy of the calendar; empty where there is none.</param>
internal sealed record CalendarItem(CalendarItemKind Kind, string Uid)
{
    public string? Summary { get; init; }

    public string? Description { get; init; }

    public string? Location { get; init; }

    public CalendarTime? Start { get; init; }

    /// <summary>When it ends, or a task is due; for an all-day event the day after its last.</summary>
    public CalendarTime? End { get; init; }

    /// <summary>The rule of repetition as the calendar has it, for example 'FREQ=WEEKLY;BYDAY=MO'.</summary>
    public string? Recurrence { get; init; }

    /// <summary>Which occurrence of a repeated item this one replaces.</summary>
    public CalendarTime? Replaces { get; init; }

    /// <summary>For example 'CONFIRMED', 'CANCELLED' or 'COMPLETED'.</summary>
    public string? Status { get; init; }
}

/// <summary>What a calendar holds.</summary>
internal enum CalendarItemKind
{
    Event,
    Task,
    Journal,
}
