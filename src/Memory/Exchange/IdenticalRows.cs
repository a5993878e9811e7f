using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Exchange;

/// <summary>Takes every row in as it is.</summary>
internal sealed class IdenticalRows(SqliteConnection connection) : IExportedRows
{
    private readonly ExportedRow _rows = new(connection);

    public ImportReport Report { get; private set; } = new();

    public void Add(string type, JsonElement row)
    {
        _rows.Insert(type, row);
        Report = type switch
        {
            "session" => Report with { Sessions = Report.Sessions + 1 },
            "turn" => Report with { Turns = Report.Turns + 1 },
            "fact" => Report with { Facts = Report.Facts + 1 },
            "document" => Report with { Documents = Report.Documents + 1 },
            _ => Report,
        };
    }
}
