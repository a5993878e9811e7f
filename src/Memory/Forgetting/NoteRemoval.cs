using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Forgetting;

/// <summary>Takes what is forgotten out of the notes that models were given with it, line by line, within a transaction.</summary>
internal static class NoteRemoval
{
    private const string NoteStart = "- [";

    /// <summary>Removes the lines that name it or repeat it from the notes of turns and from the core memories of sessions.</summary>
    /// <returns>The sessions whose windows had such lines.</returns>
    public static List<string> RemoveNotes(this SqliteConnection connection, ForgetPlan plan)
    {
        string[] names = [.. plan.Facts.Select(fact => fact.Id.ShortForm), .. plan.Turns.Select(turn => turn.Id.ShortForm)];
        return
        [
            .. Remove(connection, "turns", "memories", "session", names, plan.Text),
            .. Remove(connection, "sessions", "core_memory", "id", names, plan.Text),
        ];
    }

    private static List<string> Remove(SqliteConnection connection, string table, string column, string session, string[] names, ForgottenText text)
    {
        var noted = connection.Query(
            $"select id, {session} as session, {column} as notes from {table} where {column} <> ''",
            row => (Id: row.Text("id"), Session: row.Text("session"), Notes: row.Text("notes")));
        var sessions = new List<string>();
        foreach (var (id, ofSession, notes) in noted)
        {
            var lines = notes.Split('\n');
            var kept = lines.Where(line => !names.Any(name => line.Contains(name, StringComparison.Ordinal)) && !text.RepeatedIn(line).Any()).ToList();
            if (kept.Count < lines.Length)
            {
                // A heading over nothing says nothing.
                var left = lines.Any(IsNote) && !kept.Exists(IsNote) ? "" : string.Join('\n', kept);
                connection.Execute($"update {table} set {column} = $left where id = $id", ("$left", left), ("$id", id));
                sessions.Add(ofSession);
            }
        }

        return sessions;
    }

    private static bool IsNote(string line) => line.StartsWith(NoteStart, StringComparison.Ordinal);
}
