using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Forgetting;

/// <summary>Takes what is forgotten out of the notes that models were given with it, line by line, within a transaction.</summary>
internal static class NoteRemoval
{
    private const string NoteStart = "- ";

    /// <summary>Removes the lines that have or repeat it from the notes of turns and from the core memories of sessions.</summary>
    /// <param name="connection">Within the transaction, before the passages are deleted.</param>
    /// <param name="plan">What is forgotten.</param>
    /// <param name="passages">The numbers of the passages that are deleted with it.</param>
    /// <returns>The sessions whose windows had such lines.</returns>
    public static List<string> RemoveNotes(this SqliteConnection connection, ForgetPlan plan, IReadOnlyList<long> passages)
    {
        // A note is a passage in one line.
        var texts = passages
            .Select(number => connection.Text("select text from passages where number = $number", ("$number", number))!.ReplaceLineEndings(" "))
            .ToHashSet();
        bool IsForgotten(string line) => texts.Any(text => line.EndsWith(text, StringComparison.Ordinal)) || plan.Text.RepeatedIn(line).Any();
        return
        [
            .. Remove(connection, "turns", "memories", "session", IsForgotten),
            .. Remove(connection, "sessions", "core_memory", "id", IsForgotten),
        ];
    }

    private static List<string> Remove(SqliteConnection connection, string table, string column, string session, Func<string, bool> isForgotten)
    {
        var noted = connection.Query(
            $"select id, {session} as session, {column} as notes from {table} where {column} <> ''",
            row => (Id: row.Text("id"), Session: row.Text("session"), Notes: row.Text("notes")));
        var sessions = new List<string>();
        foreach (var (id, ofSession, notes) in noted)
        {
            var lines = notes.Split('\n');
            var kept = lines.Where(line => !isForgotten(line)).ToList();
            if (kept.Count < lines.Length)
            {
                connection.Execute($"update {table} set {column} = $left where id = $id", ("$left", string.Join('\n', WithoutEmptyGroups(kept))), ("$id", id));
                sessions.Add(ofSession);
            }
        }

        return sessions;
    }

    // A heading over nothing says nothing, and neither does an empty line after no notes; an instruction stays.
    private static IEnumerable<string> WithoutEmptyGroups(List<string> lines) => lines.Exists(IsNote)
        ? lines.Where((line, number) => !IsHeading(line) || (number + 1 < lines.Count && IsNote(lines[number + 1])))
        : lines.Where(line => line.Length > 0 && !IsHeading(line));

    private static bool IsHeading(string line) => line.EndsWith(':') && !IsNote(line);

    private static bool IsNote(string line) => line.StartsWith(NoteStart, StringComparison.Ordinal);
}
