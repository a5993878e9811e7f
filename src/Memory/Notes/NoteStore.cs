using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Notes;

/// <summary>Notes and reminders: what the user had noted down, in a list of its own.</summary>
public sealed class NoteStore(MemoryDatabase database, TimeProvider time)
{
    private const int LongestText = 4_000;

    // A shared beginning of so many letters makes two words the same: "plumber" and "plumbers".
    private const int Stem = 4;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Notes something down.</summary>
    /// <param name="text">What.</param>
    /// <param name="dueAt">When to remind of it; null for never.</param>
    /// <param name="origins">Where untrusted text came from that it may hold.</param>
    /// <param name="cancellationToken">Stops before it is stored.</param>
    /// <exception cref="MemoryException">The text is empty or too long.</exception>
    public Task<Note> AddAsync(string text, DateTimeOffset? dueAt = null, IReadOnlyList<string>? origins = null, CancellationToken cancellationToken = default)
    {
        var clean = text.Trim();
        return clean.Length is 0 or > LongestText
            ? throw new MemoryException(MemoryError.Invalid, $"A note has 1 to {LongestText} characters, this one has {clean.Length}.")
            : database.WriteAsync(
                connection => connection.Query(
                    "insert into notes (text, created_at, due_at, origins) values ($text, $now, $due, $origins) returning *",
                    Read,
                    ("$text", clean), ("$now", Now), ("$due", dueAt?.ToUnixTimeMilliseconds()), ("$origins", TurnToolsJson.Write(origins ?? []))).Single(),
                cancellationToken);
    }

    /// <summary>The notes that share most words with a text, the newest first among equals; all of them, newest first, where it has no words.</summary>
    public async Task<IReadOnlyList<Note>> FindAsync(string text, int limit = 10, CancellationToken cancellationToken = default)
    {
        var wanted = WordArm.WordsOf(text);
        var notes = await database.ReadAsync(connection => connection.Query("select * from notes order by number desc", Read), cancellationToken);
        return
        [
            .. notes.Select(note => (Note: note, Shared: Shared(wanted, WordArm.WordsOf(note.Text))))
                .Where(note => note.Shared > 0 || wanted.Count == 0)
                .OrderByDescending(note => note.Shared)
                .Select(note => note.Note)
                .Take(limit),
        ];
    }

    /// <summary>What the user is to be reminded of and is not done with, the earliest first.</summary>
    public Task<List<Note>> RemindersAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query("select * from notes where due_at is not null and done_at is null order by due_at, number", Read), cancellationToken);

    /// <summary>Reminders whose time has come and that were not shown yet; they count as shown from now on.</summary>
    public Task<List<Note>> TakeDueAsync(CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.Query(
            "update notes set reminded_at = $now where due_at <= $now and done_at is null and reminded_at is null returning *", Read, ("$now", Now)),
        cancellationToken);

    /// <summary>Is done with a note or reminder.</summary>
    /// <exception cref="MemoryException">There is none of that number.</exception>
    public Task<Note> FinishAsync(long number, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.Query(
                "update notes set done_at = coalesce(done_at, $now) where number = $number returning *", Read, ("$now", Now), ("$number", number)).SingleOrDefault()
            ?? throw new MemoryException(MemoryError.NotFound, $"There is no note {number}; list them to choose one."),
        cancellationToken);

    private static int Shared(IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> words) =>
        wanted.Count(word => words.Any(other => word == other || (word.AsSpan().CommonPrefixLength(other) is var common && common >= Stem && common >= Math.Min(word.Length, other.Length) - 1)));

    private static Note Read(SqliteDataReader row) => new(row.GetInt64(row.GetOrdinal("number")), row.Text("text"), row.Time("created_at"))
    {
        DueAt = row.TimeOrNull("due_at"),
        DoneAt = row.TimeOrNull("done_at"),
        Origins = TurnToolsJson.ReadOrigins(row.TextOrNull("origins")),
    };
}
