namespace PersonalAi.Memory.Notes;

/// <summary>Something that was noted down.</summary>
/// <param name="Number">Its name: notes are counted from 1.</param>
/// <param name="Text">What it says.</param>
/// <param name="CreatedAt">When it was noted.</param>
public sealed record Note(long Number, string Text, DateTimeOffset CreatedAt)
{
    /// <summary>When the user wants to be reminded of it; null where it is only a note.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was done with; null while it is not.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Where the untrusted text came from that the model had before it when it wrote the note; empty where there was none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
