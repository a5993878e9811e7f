using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange;

/// <summary>Writes everything that is remembered as lines of JSON, from which an identical store can be made.</summary>
public sealed class MemoryExport(MemoryDatabase database)
{
    /// <summary>The version of the format; a program refuses a higher one than its own.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a first line that names the format, one line for each row, and a last line with their number.</summary>
    /// <param name="output">Receives the lines; each ends with a line feed.</param>
    /// <param name="cancellationToken">Stops between two lines.</param>
    /// <returns>How many rows were written.</returns>
    public Task<long> WriteAsync(TextWriter output, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection =>
        {
            // One transaction: everything is of the same moment, whatever is written meanwhile.
            using var transaction = connection.BeginTransaction(deferred: true);
            var schema = connection.Number("pragma user_version");
            WriteLine(output, json =>
            {
                json.WriteString("type", "pai");
                json.WriteNumber("version", Version);
                json.WriteNumber("schema", schema);
            });
            var rows = ExportedTable.In(connection).Sum(table => WriteTable(connection, table, output, cancellationToken));
            WriteLine(output, json =>
            {
                json.WriteString("type", "end");
                json.WriteNumber("rows", rows);
            });
            return rows;
        },
        cancellationToken);

    private static long WriteTable(SqliteConnection connection, ExportedTable table, TextWriter output, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = table.Query(connection);
        using var row = command.ExecuteReader();
        var rows = 0L;
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteLine(output, json => WriteRow(json, table.Type, row));
            rows++;
        }

        return rows;
    }

    private static void WriteRow(Utf8JsonWriter json, string type, SqliteDataReader row)
    {
        json.WriteString("type", type);
        for (var column = 0; column < row.FieldCount; column++)
        {
            switch (row.GetValue(column))
            {
                case long number: json.WriteNumber(row.GetName(column), number); break;
                case double number: json.WriteNumber(row.GetName(column), number); break;
                case string text: json.WriteString(row.GetName(column), text); break;
                default: break;
            }
        }
    }

    private static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(line.WrittenSpan));
        output.Write('\n');
    }
}
