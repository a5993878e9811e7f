using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Exchange;

/// <summary>Puts rows of an export into the tables they are from.</summary>
internal sealed class ExportedRow(SqliteConnection connection)
{
    private readonly Dictionary<string, (ExportedTable Table, HashSet<string> Columns)> _tables =
        ExportedTable.In(connection).ToDictionary(table => table.Type, table => (table, table.Columns(connection).ToHashSet()));

    /// <summary>Inserts a row; of a column that is not given the table's own default.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="row">Its columns.</param>
    /// <param name="orIgnore">Whether one that is there already stays as it is.</param>
    /// <param name="without">Columns that are not taken over.</param>
    /// <exception cref="FormatException">There is no such table or column.</exception>
    public void Insert(string type, JsonElement row, bool orIgnore = false, params ReadOnlySpan<string> without)
    {
        var (table, columns) = _tables.TryGetValue(type, out var found) ? found : throw new FormatException($"Nothing is called '{type}'.");
        using var command = connection.CreateCommand();
        var names = new List<string>();
        foreach (var column in row.EnumerateObject())
        {
            if (column.Name == "type" || without.Contains(column.Name))
            {
                continue;
            }

            names.Add(columns.Contains(column.Name) ? column.Name : throw new FormatException($"'{table.Name}' has no '{column.Name}'."));
            command.Parameters.AddWithValue($"${column.Name}", ValueOf(column.Value));
        }

        command.CommandText = $"insert {(orIgnore ? "or ignore " : "")}into {table.Name} ({string.Join(", ", names)}) values ({string.Join(", ", names.Select(name => $"${name}"))})";
        command.ExecuteNonQuery();
    }

    private static object ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.TryGetInt64(out var number) ? number : value.GetDouble(),
        JsonValueKind.Null => DBNull.Value,
        _ => throw new FormatException("A value is a text, a number or null."),
    };
}
