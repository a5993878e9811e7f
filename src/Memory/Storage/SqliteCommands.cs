using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Storage;

/// <summary>Statements in one line each. Dapper would cost every short command its warm-up, and needs global type handlers for ids and times.</summary>
internal static class SqliteCommands
{
    /// <summary>Runs statements and returns the number of rows changed.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Reads every row of one query.</summary>
    public static List<T> Query<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Reads one number, such as a count or a pragma.</summary>
    public static long Number(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Reads one text, such as the answer of a pragma.</summary>
    public static string? Text(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteScalar() as string;
    }

    public static string Text(this SqliteDataReader row, string column) => row.GetString(row.GetOrdinal(column));

    public static string? TextOrNull(this SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.Text(column);

    public static int Number(this SqliteDataReader row, string column) => row.GetInt32(row.GetOrdinal(column));

    public static int? NumberOrNull(this SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.Number(column);

    public static double? RealOrNull(this SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.GetDouble(row.GetOrdinal(column));

    public static Guid Id(this SqliteDataReader row, string column) => Guid.ParseExact(row.Text(column), "D");

    public static Guid? IdOrNull(this SqliteDataReader row, string column) =>
        row.TextOrNull(column) is { } text ? Guid.ParseExact(text, "D") : null;

    public static DateTimeOffset Time(this SqliteDataReader row, string column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(row.GetOrdinal(column)));

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.Time(column);

    public static TimeSpan Duration(this SqliteDataReader row, string column) =>
        TimeSpan.FromMilliseconds(row.GetDouble(row.GetOrdinal(column)));

    private static SqliteCommand Command(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
