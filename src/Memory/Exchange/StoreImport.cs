using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;
using SQLitePCL;

namespace PersonalAi.Memory.Exchange;

/// <summary>
/// Takes an export of this program back, in one transaction. Into an empty store every row goes as it was, so that the store is
/// identical; with what is known already it is merged.
/// </summary>
internal sealed class StoreImport(MemoryDatabase database, TimeProvider time, ImportOptions options)
{
    /// <summary>Imports all of the export or nothing.</summary>
    /// <exception cref="MemoryException">It is not an export, of a newer program, damaged, or cut off.</exception>
    public Task<ImportReport> ImportAsync(string name, Stream stream, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.Try(
            options.IsDryRun,
            () =>
            {
                using var export = new ExportReader(name, stream, options.MostInOne);
                return Import(connection, export, cancellationToken);
            }),
        cancellationToken);

    private ImportReport Import(SqliteConnection connection, ExportReader export, CancellationToken cancellationToken)
    {
        export.ReadHeader(connection.Number("pragma user_version"));
        var isEmpty = connection.Number("select (select count(*) from facts) + (select count(*) from sessions) + (select count(*) from documents)") == 0;
        connection.Execute("pragma defer_foreign_keys = on");
        var rows = isEmpty ? (IExportedRows)new IdenticalRows(connection) : new MergedRows(connection, time);
        while (export.Next() is var (type, row))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                rows.Add(type, row);
            }
            catch (Exception error) when (error is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH } or InvalidOperationException or FormatException or KeyNotFoundException)
            {
                throw export.Wrong("does not fit to the lines before it", error);
            }
        }

        return connection.Query("pragma foreign_key_check", row => row.GetString(0)) is [var table, ..]
            ? throw export.Wrong($"is the end, and rows of '{table}' speak of others that are missing")
            : rows.Report;
    }
}
