using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Facts;

/// <summary>Rows of the journal, within a transaction: what is needed to reverse a change is written with the change.</summary>
internal static class ChangeRows
{
    /// <summary>All versions of a fact: what it took the place of, and what took its place.</summary>
    public const string Lineage =
        """
        with recursive lineage (id) as (
            select $id
            union select facts.id from lineage join facts on facts.supersedes = lineage.id
            union select facts.supersedes from lineage join facts on facts.id = lineage.id where facts.supersedes is not null
        )
        """;

    public static long BeginChange(this SqliteConnection connection, ChangeAction action, long now) => connection.Number(
        "insert into changes (action, made_at) values ($action, $now) returning number", ("$action", FactRows.Word(action)), ("$now", now));

    /// <summary>Writes down how a fact is before the change touches it.</summary>
    public static void RecordBefore(this SqliteConnection connection, long change, FactId fact) => Record(connection, change, fact, added: false);

    /// <summary>Writes down that the change added a fact.</summary>
    public static void RecordAdded(this SqliteConnection connection, long change, FactId fact) => Record(connection, change, fact, added: true);

    /// <summary>Puts everything that a change touched back as it was. What it added counts as never known, and stays in the history.</summary>
    public static void Undo(this SqliteConnection connection, long change, long now)
    {
        // What was added goes first: only one version of what was imported may be known at a time.
        connection.Execute(
            """
            update facts set retracted_at = recorded_at where id in (select fact from change_facts where change = $change and added = 1);
            update facts set retracted_at = before.retracted_at, pinned = before.pinned, egress = before.egress
            from change_facts as before where before.change = $change and before.added = 0 and facts.id = before.fact;
            update changes set undone_at = $now where number = $change
            """,
            ("$change", change), ("$now", now));
    }

    public static long? NewestChange(this SqliteConnection connection) =>
        connection.Query("select number from changes where undone_at is null order by number desc limit 1", row => (long?)row.GetInt64(0)).SingleOrDefault();

    public static FactChange Change(this SqliteConnection connection, long number) =>
        connection.QueryChanges("where number = $number", ("$number", number)).Single();

    public static List<FactChange> QueryChanges(this SqliteConnection connection, string rest, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        connection.Query($"select * from changes {rest}", row => ReadChange(connection, row), parameters);

    private static void Record(SqliteConnection connection, long change, FactId fact, bool added) => connection.Execute(
        """
        insert or ignore into change_facts (change, fact, added, retracted_at, pinned, egress)
        select $change, id, $added, retracted_at, pinned, egress from facts where id = $fact
        """,
        ("$change", change), ("$fact", fact.ToString()), ("$added", added));

    private static FactChange ReadChange(SqliteConnection connection, SqliteDataReader row)
    {
        var number = row.GetInt64(row.GetOrdinal("number"));
        return new FactChange(
            number,
            Enum.Parse<ChangeAction>(row.Text("action"), ignoreCase: true),
            row.Time("made_at"),
            connection.QueryFacts("where id in (select fact from change_facts where change = $change) order by number", ("$change", number)))
        {
            UndoneAt = row.TimeOrNull("undone_at"),
        };
    }
}
