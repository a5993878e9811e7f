using System.Text.Json;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange;

/// <summary>
/// Takes in what is not known yet: sessions with their turns, facts as one change, documents. What a row has numbers for is made anew;
/// the journal, what was recalled, and the inbox stay this store's own.
/// </summary>
internal sealed class MergedRows(SqliteConnection connection, TimeProvider time) : IExportedRows
{
    private readonly ExportedRow _rows = new(connection);
    private readonly HashSet<string> _newSessions = [];
    private readonly HashSet<string> _newDocuments = [];
    private readonly Dictionary<long, string> _entities = [];
    private long? _change;

    public ImportReport Report { get; private set; } = new();

    public void Add(string type, JsonElement row)
    {
        switch (type)
        {
            case "session": AddSession(row); break;
            case "turn": AddTurn(row); break;
            case "summary" when _newSessions.Contains(Text(row, "session")): _rows.Insert(type, row, without: "number"); break;
            case "fact": AddFact(row); break;
            case "document": AddDocument(row); break;
            case "passage" when row.TryGetProperty("document", out var document) && _newDocuments.Contains(document.GetString()!): AddChunk(row); break;
            case "entity": _entities[Number(row, "number")] = Text(row, "name"); break;
            case "alias": AddAlias(row); break;
            case "import": _rows.Insert(type, row, orIgnore: true); break;
            case "escalation" when Has("turns", "id", Text(row, "turn")): _rows.Insert(type, row, without: "note", orIgnore: true); break;
            default: break;
        }
    }

    private static string Text(JsonElement row, string column) => row.GetProperty(column).GetString()!;

    private static string? TextOrNull(JsonElement row, string column) => row.TryGetProperty(column, out var value) ? value.GetString() : null;

    private static long Number(JsonElement row, string column) => row.GetProperty(column).GetInt64();

    private static int? NumberOrNull(JsonElement row, string column) => row.TryGetProperty(column, out var value) ? value.GetInt32() : null;

    private static DateTimeOffset Time(JsonElement row, string column) => DateTimeOffset.FromUnixTimeMilliseconds(Number(row, column));

    private bool Has(string table, string column, string value) =>
        connection.Number($"select count(*) from {table} where {column} = $value", ("$value", value)) > 0;

    private void AddSession(JsonElement row)
    {
        if (Has("sessions", "id", Text(row, "id")))
        {
            Report = Report with { Known = Report.Known + 1 };
            return;
        }

        _rows.Insert("session", row);
        _newSessions.Add(Text(row, "id"));
        Report = Report with { Sessions = Report.Sessions + 1 };
    }

    private void AddTurn(JsonElement row)
    {
        if (!Has("turns", "id", Text(row, "id")))
        {
            // Its passages are made by this store.
            _rows.Insert("turn", row, without: ["number", "indexed"]);
            Report = Report with { Turns = Report.Turns + 1 };
        }
    }

    private void AddFact(JsonElement row)
    {
        var isCurrent = !row.TryGetProperty("retracted_at", out _);
        var reference = TextOrNull(row, "source_reference");
        if (Has("facts", "id", Text(row, "id")) || (isCurrent && reference is not null && Has("facts", "retracted_at is null and source_reference", reference)))
        {
            Report = Report with { Known = Report.Known + 1 };
            return;
        }

        _rows.Insert("fact", row, without: "number");
        var id = new FactId(Guid.ParseExact(Text(row, "id"), "D"));
        connection.Insert(NewPassage.Of(id, Text(row, "text"), row.TryGetProperty("valid_from", out _) ? Time(row, "valid_from") : Time(row, "recorded_at")));
        _change ??= connection.BeginChange(ChangeAction.Import, time.GetUtcNow().ToUnixTimeMilliseconds());
        connection.RecordAdded(_change.Value, id);
        Report = Report with { Facts = Report.Facts + 1 };
    }

    private void AddDocument(JsonElement row)
    {
        if (Has("documents", "location", Text(row, "location")) || Has("documents", "id", Text(row, "id")))
        {
            Report = Report with { Known = Report.Known + 1 };
            return;
        }

        _rows.Insert("document", row, without: "number");
        _newDocuments.Add(Text(row, "id"));
        Report = Report with { Documents = Report.Documents + 1 };
    }

    private void AddChunk(JsonElement row)
    {
        var document = Guid.ParseExact(Text(row, "document"), "D");
        connection.Insert(new NewPassage(PassagePart.Chunk, document, document, Number(row, "ordinal"), Text(row, "text"), Time(row, "said_at"))
        {
            Speaker = TextOrNull(row, "speaker"),
            Heading = TextOrNull(row, "heading"),
            First = NumberOrNull(row, "first"),
            Last = NumberOrNull(row, "last"),
        });
    }

    private void AddAlias(JsonElement row)
    {
        if (_entities.TryGetValue(Number(row, "entity"), out var name))
        {
            connection.Execute(
                "insert or ignore into entity_aliases (alias, entity) select $alias, min(entity) from entity_aliases where alias = $name having min(entity) is not null",
                ("$alias", Text(row, "alias")), ("$name", name));
        }
    }
}
