using System.Text.Json;

namespace PersonalAi.Memory.Exchange;

/// <summary>Takes in the rows of an export, within a transaction.</summary>
internal interface IExportedRows
{
    /// <summary>What was taken in.</summary>
    ImportReport Report { get; }

    /// <summary>Takes in a row.</summary>
    /// <param name="type">What it is: <see cref="ExportedTable.Type"/>.</param>
    /// <param name="row">Its columns.</param>
    void Add(string type, JsonElement row);
}
