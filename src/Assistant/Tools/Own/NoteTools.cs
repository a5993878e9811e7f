using System.ComponentModel;
using Microsoft.Extensions.AI;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Notes;
using PersonalAi.Memory.Recall.Time;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools.Own;

/// <summary>Notes and reminders.</summary>
/// <param name="notes">Keeps them.</param>
/// <param name="time">Tells the time, and where the user's clocks run.</param>
internal sealed class NoteTools(NoteStore notes, TimeProvider time)
{
    private const int MorningHour = 9;

    public IReadOnlyList<Tool> All() =>
    [
        Writes("add_note", "Write a note for the user.", AddAsync, "note that the boiler was serviced", "make a note", "write down this idea"),
        Reads("find_notes", "Find notes that the user had you write.", FindAsync, "what did I note about the boiler", "show my notes", "find my note about the garden"),
        Writes("add_reminder", "Remind the user of something at a time.", RemindAsync, "remind me to call back tomorrow at nine", "set a reminder for Friday"),
        Reads("list_reminders", "List the reminders that are not done.", ListAsync, "which reminders do I have", "what did I want to be reminded of"),
        Writes("finish_note", "Mark a note or reminder as done.", FinishAsync, "reminder 3 is done", "tick off that note"),
    ];

    private static Tool Reads(string name, string description, Delegate method, params string[] examples) =>
        new(ToolFunction.Create(name, description, method), ToolRisk.ReadsLocal, ToolTrust.Untrusted) { Examples = examples };

    private static Tool Writes(string name, string description, Delegate method, params string[] examples) =>
        new(ToolFunction.Create(name, description, method), ToolRisk.ChangesLocal, ToolTrust.Own) { StaysWithinGrants = true, Examples = examples };

    private async Task<string> AddAsync([Description("what to note")] string text, AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        $"Noted as number {(await StoreAsync(text, dueAt: null, arguments, cancellationToken)).Number}.";

    private async Task<string> RemindAsync(
        [Description("what of")] string text, [Description("such as: tomorrow at 9, in two hours, 2026-12-24 18:00")] string when, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var due = MomentOf(when) ?? throw new ToolException($"'{when}' says no time that is to come; say a date and a time, such as 2026-12-24 18:00.");
        var note = await StoreAsync(text, due, arguments, cancellationToken);
        return $"The reminder has number {note.Number} and comes on {TimeZoneInfo.ConvertTime(due, time.LocalTimeZone):yyyy-MM-dd HH:mm}.";
    }

    private async Task<ToolAnswer> FindAsync([Description("words, or nothing for all")] string words, CancellationToken cancellationToken) =>
        Answer(await notes.FindAsync(words, cancellationToken: cancellationToken), "There is no such note.");

    private async Task<ToolAnswer> ListAsync(CancellationToken cancellationToken) => Answer(await notes.RemindersAsync(cancellationToken), "There are no reminders.");

    private async Task<string> FinishAsync([Description("its number")] int number, CancellationToken cancellationToken)
    {
        try
        {
            return $"Number {(await notes.FinishAsync(number, cancellationToken)).Number} is done.";
        }
        catch (MemoryException error) when (error.Error == MemoryError.NotFound)
        {
            throw new ToolException(error.Message, error);
        }
    }

    private async Task<Note> StoreAsync(string text, DateTimeOffset? dueAt, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var taint = arguments.Context is { } context && context.TryGetValue(typeof(Taint), out var known) && known is Taint of ? of : Taint.None;
        try
        {
            return await notes.AddAsync(text, dueAt, taint.Origins, cancellationToken);
        }
        catch (MemoryException error) when (error.Error == MemoryError.Invalid)
        {
            throw new ToolException(error.Message, error);
        }
    }

    private ToolAnswer Answer(IReadOnlyList<Note> found, string nothing) => found.Count == 0
        ? new ToolAnswer(nothing, [])
        : new ToolAnswer(string.Join('\n', found.Select(Line)), [.. found.SelectMany(note => note.Origins).Distinct()]);

    private string Line(Note note) => TerminalText.OneLine(
        $"{note.Number}. {(note.DueAt is { } due ? $"due {TimeZoneInfo.ConvertTime(due, time.LocalTimeZone):yyyy-MM-dd HH:mm}" : $"noted {time.Describe(note.CreatedAt)}")}{(note.DoneAt is null ? "" : ", done")}: {note.Text}");

    // A day without an hour means its morning.
    private DateTimeOffset? MomentOf(string when)
    {
        var now = time.GetLocalNow();
        return TimePhrases.Find(when, now.DateTime)
            .Select(phrase => phrase.Range.To - phrase.Range.From >= TimeSpan.FromDays(1) ? phrase.Range.From.AddHours(MorningHour) : phrase.Range.From)
            .Select(local => new TimeRange(local, local.AddMinutes(1)).In(time.LocalTimeZone).From)
            .Where(moment => moment > now)
            .Cast<DateTimeOffset?>()
            .FirstOrDefault();
    }
}
