using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange;

/// <summary>A table that an export holds, row by row, with every column that it has.</summary>
/// <param name="Type">What a line of the export calls a row.</param>
/// <param name="Name">The table.</param>
/// <param name="Order">The columns that its rows are sorted by.</param>
internal sealed record ExportedTable(string Type, string Name, string Order)
{
    /// <summary>What cannot be made again from anything else. A table of a later migration belongs here or into <see cref="Derived"/>.</summary>
    public static ImmutableArray<ExportedTable> All { get; } =
    [
        new("session", "sessions", "id"),
        new("turn", "turns", "number"),
        new("summary", "summaries", "number"),
        new("fact", "facts", "number"),
        new("change", "changes", "number"),
        new("changed_fact", "change_facts", "change, fact"),
        new("fact_attribute", "fact_attributes", "fact"),
        new("proposal", "inbox", "number"),
        new("never_asked", "never_asked", "topic"),
        new("document", "documents", "number"),
        new("watched_path", "watched_paths", "path"),
        new("passage", "passages", "number"),
        new("entity", "entities", "number"),
        new("alias", "entity_aliases", "entity, alias"),
        new("mention", "passage_entities", "entity, passage"),
        new("recall", "recalls", "turn, rank"),
        new("import", "imports", "source, external_id"),
        new("note", "notes", "number"),
        new("tool_call", "tool_calls", "number"),
        new("escalation", "escalations", "turn"),
    ];

    /// <summary>What belongs to this file alone, or is made again from the rest: who has it open, and the vectors.</summary>
    public static ImmutableArray<string> Derived { get; } =
        ["writers", "cleaning", "embedding_spaces", "vector_codes", "vectors_to_make", "vectors_to_delete"];

    /// <summary>The tables that this file has.</summary>
    public static List<ExportedTable> In(SqliteConnection connection)
    {
        var names = connection.Query("select name from sqlite_schema where type = 'table'", row => row.GetString(0)).ToHashSet();
        return [.. All.Where(table => names.Contains(table.Name))];
    }

    /// <summary>The columns, in their order; those that only this program's run gives a meaning are left out.</summary>
    public List<string> Columns(SqliteConnection connection) =>
        connection.Query($"select name from pragma_table_info('{Name}') where name <> 'writer'", row => row.GetString(0));

    /// <summary>The query for its rows. An answer that is being written now is interrupted in the export.</summary>
    public string Query(SqliteConnection connection)
    {
        var columns = Columns(connection).Select(column =>
            (Name, column) == ("turns", "status") ? "case status when 'answering' then 'interrupted' else status end as status" : column);
        return $"select {string.Join(", ", columns)} from {Name} order by {Order}";
    }
}
